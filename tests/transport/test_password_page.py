"""The pages behind the links that serve once, for a forgotten password and for another address: looking at one changes
nothing."""

from uuid import UUID

import httpx
import pytest

from models.account import Account
from models.account_token import EmailChange, TokenPurpose, keep_token
from resolvers.session import sign_in
from tests.conftest import Clock
from tests.contexts import PASSWORD, asking, keep_agent, signed_in, who
from tests.serving import Running
from tests.snapshot import rows_of
from tests.transport.test_page import BROWSER, get
from texts.catalogue import text

EMAIL = "agent@example.org"
NEW_PASSWORD = "mot de passe nº 1 & + % d’Agnès"
"""What a form has to encode."""


async def link(own: Running, purpose: TokenPurpose, account_id: UUID) -> str:
    """The path of a link as a letter that went out now would hold it."""
    url, token = own.service.links.serving_once(purpose, "a letter")
    async with own.service.database.begin() as session:
        assert await keep_token(session, token, purpose, account_id, now=own.service.now())
    return url.removeprefix("https://placement.example.org")


async def post(client: httpx.AsyncClient, path: str, password: str, language: str = "en") -> httpx.Response:
    headers = {"Accept": BROWSER, "Accept-Language": "de"}
    return await client.post(f"{path}?lang={language}", data={"password": password}, headers=headers)


async def stored(own: Running, account_id: UUID) -> Account:
    async with own.service.database.read() as session:
        return await session.get_one(Account, account_id)


async def test_a_password_is_set_by_the_form_and_not_by_looking_at_it(own: Running) -> None:
    path = await link(own, TokenPurpose.RESET_PASSWORD, await keep_agent(own.service))
    before = await rows_of(own.service.database)
    async with httpx.AsyncClient(base_url=own.url) as client:
        for language in ("fr", "en"):
            page = await get(client, path, language)
            assert (page.status_code, page.headers["content-language"]) == (200, language)
            assert text("page.reset_password.label", language.upper()) in page.text
            assert text("PASSWORD_LENGTH", language.upper(), least="12", most="200") in page.text
            assert 'type="password"' in page.text
            assert f'action="?lang={language}"' in page.text
            assert (await client.head(path)).status_code == 200
        assert await rows_of(own.service.database) == before
        done = await post(client, path, NEW_PASSWORD)
        assert (done.status_code, text("page.reset_password.done", "EN") in done.text) == (200, True)
        assert (await get(client, path)).status_code == 404
        assert (await post(client, path, "yet another password")).status_code == 404
    assert (await signed_in(own.service, EMAIL, NEW_PASSWORD)).caller.account_id


@pytest.mark.parametrize("typed", ["", "too short", "x" * 201, "<b>short"])
async def test_a_password_that_cannot_be_shows_the_form_again_with_the_reason(own: Running, typed: str) -> None:
    path = await link(own, TokenPurpose.RESET_PASSWORD, await keep_agent(own.service))
    async with httpx.AsyncClient(base_url=own.url) as client:
        for language in ("fr", "en"):
            page = await post(client, path, typed, language)
            assert page.status_code == 422
            assert 'role="alert"' in page.text
            assert page.text.count(text("PASSWORD_LENGTH", language.upper(), least="12", most="200")) == 2
            assert not typed or typed not in page.text
        assert (await post(client, path, NEW_PASSWORD)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"password",
        b"\xff\xfe",
        b"password=%ff%fe%00",
        b"passwort=correct+horse+battery",
        b"a=1&" * 5_000,
        b'{"password": 1}',
    ],
)
async def test_what_no_form_sends_is_like_an_empty_form(own: Running, body: bytes) -> None:
    path = await link(own, TokenPurpose.RESET_PASSWORD, await keep_agent(own.service))
    async with httpx.AsyncClient(base_url=own.url) as client:
        assert (await client.post(path, content=body)).status_code == 422
        assert (await client.post(path, content=b"password=" + b"x" * 300_000)).status_code == 413
    assert await sign_in(asking(own.service), EMAIL, PASSWORD)


async def test_a_link_that_is_too_old_shows_no_form_whatever_is_typed(own: Running, clock: Clock) -> None:
    path = await link(own, TokenPurpose.RESET_PASSWORD, await keep_agent(own.service))
    clock.move(minutes=30)
    async with httpx.AsyncClient(base_url=own.url) as client:
        assert (await get(client, path)).status_code == 404
        for password in ("short", NEW_PASSWORD):
            assert (await post(client, path, password)).status_code == 404


async def test_a_session_ends_with_the_password_it_was_opened_by(own: Running) -> None:
    path = await link(own, TokenPurpose.RESET_PASSWORD, await keep_agent(own.service))
    signed = await signed_in(own.service, EMAIL)
    assert await who(own.service, signed)
    async with httpx.AsyncClient(base_url=own.url) as client:
        await post(client, path, NEW_PASSWORD)
        headers = {"Authorization": f"Bearer {signed.access_token}"}
        answer = await client.post("/graphql", json={"query": "{ hello }"}, headers=headers)
        assert answer.status_code == 401


async def test_the_readers_of_both_addresses_agree_by_its_button(own: Running) -> None:
    account_id = await keep_agent(own.service)
    async with own.service.database.begin() as session:
        now = own.service.now()
        session.add(EmailChange(account_id=account_id, email="new@example.org", old_email=EMAIL, requested_at=now))
    links = [await link(own, purpose, account_id) for purpose in (TokenPurpose.LEAVE_ADDRESS, TokenPurpose.TAKE_ADDRESS)]
    async with httpx.AsyncClient(base_url=own.url) as client:
        for path, said in zip(links, ("waiting", "done"), strict=True):
            for language in ("fr", "en"):
                page = await get(client, path, language)
                assert text("page.confirm_email_change.button", language.upper()) in page.text
            assert (await stored(own, account_id)).email == EMAIL
            assert text(f"page.confirm_email_change.{said}", "FR") in (await client.post(path)).text
            assert (await client.post(path)).status_code == (await get(client, path)).status_code == 404
    assert (await stored(own, account_id)).email == "new@example.org"


@pytest.mark.parametrize("purpose", TokenPurpose)
async def test_a_link_of_one_purpose_serves_no_other(own: Running, purpose: TokenPurpose) -> None:
    path = await link(own, purpose, await keep_agent(own.service))
    page, other = ("/reset-password/", "/confirm-email-change/")
    if purpose is not TokenPurpose.RESET_PASSWORD:
        page, other = other, page
    assert path.startswith(page)
    async with httpx.AsyncClient(base_url=own.url) as client:
        moved = path.replace(page, other)
        assert (await get(client, moved)).status_code == (await post(client, moved, NEW_PASSWORD)).status_code == 404
        assert (await get(client, path)).status_code == 200
