"""Settings: read once, defaults that need nothing, and all that is unfit for production told at once."""

import pytest

from config import Misconfigured, read

FIT = {
    "PLACEMENT_ENVIRONMENT": "production",
    "PLACEMENT_SECRET_KEY": "k" * 32,
    "PLACEMENT_DATABASE_URL": "postgresql+asyncpg://placement@database/placement",
    "PLACEMENT_REGISTRY_URL": "https://registry.example.net",
    "PLACEMENT_REGISTRY_TOKEN": "a-token-of-the-ministry",
    "PLACEMENT_MAIL_URL": "smtp://mail.example.net:587",
    "PLACEMENT_PUBLIC_URL": "https://placement.example.net",
    "PLACEMENT_MAIL_FROM": "Placement <placement@example.net>",
}


def test_nothing_needs_to_be_set() -> None:
    settings = read({})
    assert settings.database_url.startswith("sqlite+aiosqlite:")
    assert (settings.search_url, settings.registry_url) == ("embedded:./var/search", "sandbox:")
    assert (settings.public_url, settings.allowed_origins) == ("http://127.0.0.1:8000", ("http://127.0.0.1:8000",))
    assert settings.embedded_worker
    assert not settings.production


def test_every_fault_is_told_at_once() -> None:
    faulty = {
        "PLACEMENT_ENVIRONMENT": "prod",
        "PLACEMENT_PORT": "eighty",
        "PLACEMENT_EMBEDDED_WORKER": "maybe",
        "PLACEMENT_PUBLIC_URL": "placement.example.net",
        "PLACEMENT_ALLOWED_ORIGINS": "https://app.example.net, evil",
    }
    with pytest.raises(Misconfigured) as refused:
        read(faulty)
    assert all(name in str(refused.value) for name in faulty)


def test_production_refuses_every_default_at_once() -> None:
    with pytest.raises(Misconfigured) as refused:
        read({"PLACEMENT_ENVIRONMENT": "production"})
    assert all(name in str(refused.value) for name in FIT if name != "PLACEMENT_ENVIRONMENT")


def test_what_is_unfit_for_production_is_told_with_every_other_fault() -> None:
    with pytest.raises(Misconfigured, match=r"^PLACEMENT_PORT [^\n]*\nPLACEMENT_PUBLIC_URL [^\n]*$"):
        read({**FIT, "PLACEMENT_PORT": "²", "PLACEMENT_PUBLIC_URL": "http://placement.example.net"})


def test_production_takes_settings_that_are_fit() -> None:
    assert read(FIT).production


def test_a_certificate_serves_the_registry_as_well_as_a_token() -> None:
    proofs = {"PLACEMENT_REGISTRY_TOKEN": "", "PLACEMENT_REGISTRY_CERTIFICATE": "own.crt", "PLACEMENT_REGISTRY_KEY": "own.key"}
    settings = read({**FIT, **proofs})
    assert (settings.registry_token, settings.registry_certificate, settings.registry_key) == (None, "own.crt", "own.key")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8080", "[::1]:8080"])
def test_only_on_this_machine_is_a_registry_asked_without_tls(host: str) -> None:
    assert read({"PLACEMENT_REGISTRY_URL": f"http://{host}/validations"}).registry_url == f"http://{host}/validations"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("URL", "http://registry.example.net"),
        ("URL", "http://localhost.example.net"),
        ("URL", "https://"),
        ("URL", "https://user:password@registry.example.net"),
        ("URL", "https://[registry"),
        ("URL", "https://registry.example.net:99999"),
        ("URL", "ftp://registry.example.net"),
        ("URL", "sandbox"),
        ("TOKEN", "two words"),
        ("TOKEN", "token\nX-Other: 1"),
        ("CERTIFICATE", "own.crt"),
    ],
)
def test_a_setting_of_the_registry_that_cannot_be_used_is_told(name: str, wrong: str) -> None:
    with pytest.raises(Misconfigured, match=f"^PLACEMENT_REGISTRY_{name} [^\n]*$"):
        read({f"PLACEMENT_REGISTRY_{name}": wrong})


@pytest.mark.parametrize(
    ("name", "unfit"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", f"{'k' * 32},short"),
        ("SECRET_KEY", " " * 40),
        ("SECRET_KEY", f"short{' ' * 40}"),
        ("PUBLIC_URL", "http://x"),
        ("REGISTRY_URL", "http://127.0.0.1/"),
        ("REGISTRY_TOKEN", ""),
    ],
)
def test_production_names_what_is_unfit(name: str, unfit: str) -> None:
    with pytest.raises(Misconfigured, match=f"^PLACEMENT_{name} [^\n]*$"):
        read({**FIT, f"PLACEMENT_{name}": unfit})


def test_what_an_employer_may_post_can_be_set() -> None:
    settings = read({"PLACEMENT_MAX_OPEN_OFFERS": "20", "PLACEMENT_MAX_PUBLICATIONS": "3"})
    assert (settings.max_open_offers, settings.max_publications) == (20, 3)
    with pytest.raises(Misconfigured) as faults:
        read({"PLACEMENT_MAX_OPEN_OFFERS": "0", "PLACEMENT_MAX_PUBLICATIONS": "many"})
    assert [line.split()[0] for line in str(faults.value).splitlines()] == [
        "PLACEMENT_MAX_OPEN_OFFERS",
        "PLACEMENT_MAX_PUBLICATIONS",
    ]
