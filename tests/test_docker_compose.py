"""The compose file and the image, checked without a container engine: what they name exists, and they start in order."""

import re
from typing import Any

import pytest
import yaml

import cli
import config
from tests import source_tree

COMPOSE: dict[str, Any] = yaml.safe_load((source_tree.PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (source_tree.PROJECT / "Dockerfile").read_text(encoding="utf-8")

SECRET = "PLACEMENT_SECRET_KEY"


class Questioned(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def settings_of(service: str) -> dict[str, str]:
    """What the container sees once the secret is given in `.env`."""
    environment: dict[str, str] = SERVICES[service]["environment"]
    return environment | {SECRET: "s" * 64}


@pytest.mark.parametrize("service", OURS)
def test_every_setting_is_one_that_the_service_reads_and_accepts(service: str) -> None:
    environment = Questioned(settings_of(service))
    settings = config.read(environment)
    assert environment.keys() <= environment.asked
    assert settings.embedded_worker is False
    assert settings.database_url.startswith("postgresql+asyncpg://")


def test_the_image_sets_only_what_the_service_reads() -> None:
    environment = Questioned({})
    config.read(environment)
    set_by_image = set(re.findall(r"^\s+(PLACEMENT_\w+)=", DOCKERFILE, re.MULTILINE))
    assert set_by_image
    assert set_by_image <= environment.asked


def test_the_values_are_strings_as_an_environment_has_them() -> None:
    values = [value for service in SERVICES.values() for value in service["environment"].values()]
    assert [value for value in values if not isinstance(value, str)] == []


@pytest.mark.parametrize("service", OURS)
def test_the_secret_has_no_default(service: str) -> None:
    assert SERVICES[service]["environment"][SECRET].startswith("${PLACEMENT_SECRET_KEY:?")


def test_one_image_serves_works_migrates_and_seeds() -> None:
    assert {service["image"] for service in OURS.values()} == {"online-placement"}
    assert {service["command"][0] for service in OURS.values()} == {"serve", "worker", "migrate", "seed"}
    assert 'ENTRYPOINT ["placement"]' in DOCKERFILE


@pytest.mark.parametrize("service", OURS)
def test_the_command_of_a_service_is_one_that_placement_understands(service: str) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*OURS[service]["command"], "--help"])
    assert ended.value.code == 0


def test_each_service_waits_for_one_that_can_become_what_it_waits_for() -> None:
    for name, service in SERVICES.items():
        for needed, how in service.get("depends_on", {}).items():
            assert _can_become(SERVICES[needed], how["condition"]), f"{name} would wait for {needed} for ever"


def _can_become(service: dict[str, Any], condition: str) -> bool:
    if condition == "service_completed_successfully":
        return bool(service["restart"] == "no")
    return condition == "service_healthy" and "test" in service["healthcheck"]


def test_migrations_come_after_the_database_and_before_whatever_uses_it() -> None:
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in OURS.keys() - {"migrate"}:
        needs = SERVICES[name]["depends_on"]
        assert needs["migrate"] == {"condition": "service_completed_successfully"}
        assert needs["elasticsearch"] == {"condition": "service_healthy"}


def test_whatever_must_outlive_a_container_is_in_a_named_volume() -> None:
    mounts = {name: service.get("volumes", []) for name, service in SERVICES.items()}
    used = {mount.partition(":")[0] for each in mounts.values() for mount in each}
    assert used == COMPOSE["volumes"].keys()
    assert all(mounts[name] for name in ("postgres", "elasticsearch", "mail"))


def test_nothing_listens_beyond_this_machine() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published
    assert [port for port in published if not port.startswith("127.0.0.1:")] == []


def test_only_the_process_that_serves_is_asked_for_its_health() -> None:
    asked = {name for name, service in OURS.items() if not service.get("healthcheck", {}).get("disable")}
    assert asked == {"api"}


def test_the_image_runs_without_root_and_without_the_tools_of_development() -> None:
    final_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!root\b|0\b)\w+", final_stage, re.MULTILINE)
    assert "requirements-dev" not in DOCKERFILE
