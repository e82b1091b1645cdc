"""Signing in as clients see it: data for whatever can be expected, and the same words for whatever is wrong."""

import pytest

from errors import NotAllowed
from models.language import Language
from tests.conftest import Clock
from tests.service import PASSWORD, Data, Service

SESSION = "... on Session { accessToken refreshToken expiresAt account { __typename id email emailConfirmed } }"
VIEWER = "{ viewer { __typename id email language timeZone emailConfirmed ... on Agent { name } } }"
SIGN_OUT = "mutation { signOut { __typename ... on SignedOut { at } ... on Refusal { code message } } }"
EMAIL = "agent@example.org"


async def opened(service: Service) -> Data:
    return await service.act("signIn", SESSION, email=EMAIL, password=PASSWORD)


@pytest.fixture(autouse=True)
async def _agent(agent: str) -> None: ...


async def test_signing_in_tells_who_is_signed_in(service: Service) -> None:
    session = await opened(service)
    assert session["__typename"] == "Session"
    assert session["expiresAt"] == "2026-03-16T14:10:00.000Z"
    assert (session["account"]["__typename"], session["account"]["email"]) == ("Agent", EMAIL)
    viewer = (await service.ask(VIEWER, session["accessToken"]))["viewer"]
    assert viewer == {
        "__typename": "Agent",
        "id": session["account"]["id"],
        "email": EMAIL,
        "language": "FR",
        "timeZone": "America/Toronto",
        "emailConfirmed": True,
        "name": "Agnès Tremblay",
    }


async def test_without_a_token_there_is_no_viewer(service: Service) -> None:
    assert await service.ask(VIEWER) == {"viewer": None}


async def test_a_wrong_sign_in_is_a_refusal_in_the_readers_language_that_says_where_to_turn(service: Service) -> None:
    text = """mutation { signIn(input: {email: "nobody@example.org", password: "wrong"}) {
        __typename ... on Refusal { code message recourse { organization email } } } }"""
    french = (await service.ask(text, language=Language.FR))["signIn"]
    english = (await service.ask(text))["signIn"]
    assert (french["__typename"], french["code"]) == ("NotEligible", "WRONG_CREDENTIALS")
    assert french["message"].startswith("L’adresse courriel ou le mot de passe")
    assert english["message"].startswith("The e-mail address or the password")
    assert french["recourse"]["organization"] == "Placement en ligne"


async def test_of_twenty_aliased_sign_ins_one_is_looked_at(service: Service) -> None:
    guess = f'signIn(input: {{email: "{EMAIL}", password: "%s"}}) {{ __typename ... on Refusal {{ code }} }}'
    guesses = "\n".join(f"try{number}: {guess % (PASSWORD if number else 'a wrong one')}" for number in range(20))
    answers = list((await service.ask(f"mutation {{ {guesses} }}")).values())
    assert answers[0] == {"__typename": "NotEligible", "code": "WRONG_CREDENTIALS"}
    assert answers[1:] == [{"__typename": "LimitReached", "code": "ONE_SIGN_IN"}] * 19


async def test_too_many_attempts_say_when_to_come_back(service: Service) -> None:
    for _ in range(10):
        await service.act("signIn", "", email=EMAIL, password="a wrong one")
    refused = await service.act("signIn", "... on LimitReached { limit retryAfterSeconds }", email=EMAIL, password=PASSWORD)
    assert (refused["code"], refused["limit"], refused["retryAfterSeconds"]) == ("TOO_MANY_ATTEMPTS", 10, 301)


async def test_a_password_of_a_megabyte_is_an_invalid_input(service: Service) -> None:
    refused = await service.act("signIn", "", email=EMAIL, password="x" * 1_000_000)
    assert (refused["__typename"], refused["code"]) == ("InvalidInput", "INVALID_INPUT")
    assert [(field["path"], field["code"]) for field in refused["fields"]] == [(["password"], "TOO_LONG")]
    assert "200" in refused["fields"][0]["message"]


@pytest.mark.parametrize("password", [None, 5, ["x"], {"a": 1}])
async def test_a_password_of_another_type_is_the_clients_fault(service: Service, password: object) -> None:
    text = "mutation($input: SignInInput!) { signIn(input: $input) { __typename } }"
    result = await service.run(text, input={"email": EMAIL, "password": password})
    assert result.errors
    assert "password" in result.errors[0].message


async def test_a_session_goes_on_and_ends_when_its_token_is_used_again(service: Service, clock: Clock) -> None:
    first = await opened(service)
    clock.move(minutes=11)
    with pytest.raises(NotAllowed, match="TOKEN_EXPIRED"):
        await service.run(VIEWER, first["accessToken"])
    second = await service.act("refreshSession", SESSION, refreshToken=first["refreshToken"])
    assert (await service.ask(VIEWER, second["accessToken"]))["viewer"]["email"] == EMAIL
    clock.move(seconds=1)
    reused = await service.act("refreshSession", SESSION, refreshToken=first["refreshToken"])
    assert (reused["__typename"], reused["code"]) == ("NotEligible", "SESSION_ENDED")
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await service.run(VIEWER, second["accessToken"])


async def test_a_refresh_token_that_nobody_was_given_is_refused(service: Service) -> None:
    refused = await service.act("refreshSession", SESSION, refreshToken="x" * 43)
    assert (refused["__typename"], refused["code"]) == ("NotEligible", "TOKEN_INVALID")


async def test_signing_out_takes_no_input_and_ends_the_session(service: Service) -> None:
    session = await opened(service)
    done = (await service.ask(SIGN_OUT, session["accessToken"]))["signOut"]
    assert done == {"__typename": "SignedOut", "at": "2026-03-16T14:00:00.000Z"}
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await service.run(VIEWER, session["accessToken"])


async def test_signing_out_without_a_session_is_refused(service: Service) -> None:
    refused = (await service.ask(SIGN_OUT))["signOut"]
    assert (refused["__typename"], refused["code"]) == ("NotEligible", "SIGN_IN_REQUIRED")
