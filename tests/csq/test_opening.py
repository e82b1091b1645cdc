"""The registry that settings name is the one that is asked."""

from csq.access import Access
from csq.breaker import Breaker
from csq.opening import open_registry
from csq.registry import Answer
from csq.sandbox import SandboxRegistry
from models.certificate import Verdict
from tests.conftest import Clock
from tests.csq.registry_server import registry_server
from tests.csq.test_http_registry import CERTIFICATE


def test_the_sandbox_is_asked_however_long_it_is_silent() -> None:
    assert isinstance(open_registry(Access("sandbox:"), Clock()), SandboxRegistry)


async def test_a_registry_at_an_address_is_asked_through_a_breaker() -> None:
    async with registry_server() as server:
        registry = open_registry(Access(server.url, token="a-token"), Clock())
        assert isinstance(registry, Breaker)
        assert await registry.validate(CERTIFICATE, 0) == Answer(Verdict.RECOGNISED)
        await registry.close()
        assert server.requests[0].headers["authorization"] == "Bearer a-token"
