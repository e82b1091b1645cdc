"""The registry over TLS: who is trusted, and who is believed to ask."""

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from csq.access import Access
from csq.http_registry import HttpRegistry
from csq.registry import Answer
from models.certificate import Verdict
from tests.conftest import Clock
from tests.csq.authority import Authority, Files, pem
from tests.csq.registry_server import http, registry_server
from tests.csq.test_http_registry import CERTIFICATE

UNTRUSTED = Answer(Verdict.NO_ANSWER, "REGISTRY_UNTRUSTED")
RECOGNISED = Answer(Verdict.RECOGNISED)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


async def asked(tls: ssl.SSLContext, ca: str | None, own: Files | None = None) -> tuple[Answer, int]:
    """What a client that trusts `ca` hears from a server with that TLS, and how many requests reached it."""
    async with registry_server(tls) as server:
        access = Access(server.url, ca=ca)
        if own:
            access = replace(access, certificate=own.certificate, key=own.key)
        registry = HttpRegistry(access, Clock())
        answer = await registry.validate(CERTIFICATE, 0)
        await registry.close()
        return answer, len(server.requests)


async def test_a_server_is_trusted_by_its_authority(authority: Authority) -> None:
    assert await asked(authority.server(), authority.ca) == (RECOGNISED, 1)


async def test_a_server_whose_authority_nobody_knows_is_told_nothing(authority: Authority) -> None:
    assert await asked(authority.server(), None) == (UNTRUSTED, 0)


async def test_a_server_of_another_authority_is_told_nothing(authority: Authority, tmp_path: Path) -> None:
    assert await asked(authority.server(), Authority(tmp_path, "another").ca) == (UNTRUSTED, 0)


async def test_a_server_of_another_name_is_told_nothing(authority: Authority) -> None:
    assert await asked(authority.server("registry.example.org"), authority.ca) == (UNTRUSTED, 0)


async def test_a_server_that_speaks_no_tls_is_told_nothing(authority: Authority) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(http("400 Bad Request"))
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        registry = HttpRegistry(Access(f"https://localhost:{port}", ca=authority.ca), Clock())
        assert await registry.validate(CERTIFICATE, 0) == UNTRUSTED
        await registry.close()


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_server_that_knows_its_clients_answers_those(authority: Authority, newest: ssl.TLSVersion) -> None:
    tls = authority.server(knows_clients=True)
    tls.maximum_version = newest
    assert await asked(tls, authority.ca, authority.issue("placement")) == (RECOGNISED, 1)


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize("known", [False, True])
async def test_a_client_that_it_does_not_know_gets_no_answer(
    authority: Authority, tmp_path: Path, newest: ssl.TLSVersion, known: bool
) -> None:
    """Neither one without a certificate nor one with somebody else's."""
    tls = authority.server(knows_clients=True)
    tls.maximum_version = newest
    answer, reached = await asked(tls, authority.ca, Authority(tmp_path, "another").issue("placement") if known else None)
    assert (answer.verdict, reached) == (Verdict.NO_ANSWER, 0)
    # a server may say why, or hang up in the handshake or after it
    assert answer.problem in ("REGISTRY_UNTRUSTED", "REGISTRY_UNREACHABLE", "REGISTRY_CUT_OFF")


def test_files_that_cannot_be_used_are_named(authority: Authority, tmp_path: Path) -> None:
    own, empty = authority.issue("placement"), tmp_path / "empty.pem"
    empty.write_text("")
    for ca in (str(tmp_path / "none.pem"), str(empty)):
        with pytest.raises(ValueError, match=r"^PLACEMENT_REGISTRY_CA cannot be used"):
            Access("https://localhost", ca=ca).tls()
    for certificate, key in ((own.certificate, str(empty)), (str(tmp_path / "none.pem"), own.key)):
        with pytest.raises(ValueError, match=r"^PLACEMENT_REGISTRY_CERTIFICATE and PLACEMENT_REGISTRY_KEY cannot be used"):
            Access("https://localhost", certificate=certificate, key=key).tls()


def test_nobody_is_asked_for_the_password_of_a_key(authority: Authority, tmp_path: Path) -> None:
    own, sealed = authority.issue("placement"), tmp_path / "sealed.key"
    sealed.write_bytes(pem(ec.generate_private_key(ec.SECP256R1()), b"secret"))
    with pytest.raises(ValueError, match="must not be encrypted"):
        Access("https://localhost", certificate=own.certificate, key=str(sealed)).tls()


def test_a_token_is_not_shown(authority: Authority) -> None:
    assert "a-token" not in repr(Access("https://localhost", token="a-token"))
