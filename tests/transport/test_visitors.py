"""In which language a visitor is spoken to: what the connection asks for, else what the account does, else French."""

from pathlib import Path

from starlette.requests import HTTPConnection

from models.candidate import RegistrationStatus
from models.database import Database
from models.language import Language
from tests.conftest import Clock
from tests.contexts import keep_agent, keep_candidate, open_service, signed_in
from transport.visitors import context_for, visitor

FR, EN = Language.FR, Language.EN


def connection(accepted: str | None, query: str = "", token: str | None = None) -> HTTPConnection:
    headers = {"accept-language": accepted, "authorization": token and f"Bearer {token}"}
    sent = [(name.encode(), value.encode()) for name, value in headers.items() if value is not None]
    return HTTPConnection({"type": "http", "headers": sent, "query_string": query.encode()})


async def test_a_caller_is_spoken_to_in_the_language_of_the_account_unless_another_is_asked_for(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    async with open_service(database, clock, tmp_path) as service:
        await keep_agent(service, "french@example.org")
        english = await keep_candidate(service, RegistrationStatus.ACTIVE)
        tokens = {
            "nobody": None,
            "French": (await signed_in(service, "french@example.org")).access_token,
            "English": (await signed_in(service, english)).access_token,
        }

        async def spoken(accepted: str | None, query: str = "") -> list[Language]:
            came = [visitor(connection(accepted, query, token)) for token in tokens.values()]
            return [(await context_for(each, service)).language for each in came]

        assert await spoken(None) == await spoken("de, *") == await spoken("", "lang=de") == [FR, FR, EN]
        assert await spoken("fr-CA, en;q=0.5") == await spoken("en", "lang=fr") == [FR, FR, FR]
        assert await spoken("en") == await spoken(None, "lang=en") == [EN, EN, EN]
