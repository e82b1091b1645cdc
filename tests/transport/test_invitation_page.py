"""The page behind the link of an invitation: looking at it changes nothing, its form opens an account, once."""

import httpx
import pytest
from sqlalchemy import select

from models.account import Account
from models.employer import EmployerMember, MemberRole
from models.language import Language
from models.member_invitation import LIFE, MemberInvitation
from resolvers.session import sign_in
from tests.conftest import Clock
from tests.contexts import asking, keep_agent
from tests.notifications.rows import add_employer, add_member
from tests.serving import Running
from tests.snapshot import rows_of
from tests.transport.test_page import get
from tests.transport.test_password_page import post
from texts.catalogue import text

EMAIL = "lou@example.org"
CHOSEN = "mot de passe nº 1 & + % de Lou"


async def link(own: Running) -> str:
    """The path of a link as a letter would hold it."""
    now = own.service.now()
    async with own.service.database.begin() as session:
        employer = add_employer(session)
        await session.flush()
        by = add_member(session, employer, role=MemberRole.OWNER)
        await session.flush()
        invitation = MemberInvitation(
            employer_id=employer.id,
            email=EMAIL,
            name="Lou Gagnon",
            role=MemberRole.MEMBER,
            language=Language.FR,
            invited_by=by.id,
            invited_at=now,
            expires_at=now + LIFE,
        )
        session.add(invitation)
        await session.flush()
    return own.service.links.accept_invitation(invitation.id).removeprefix("https://placement.example.org")


async def test_an_invitation_is_accepted_by_the_form_and_not_by_looking_at_it(own: Running) -> None:
    path = await link(own)
    before = await rows_of(own.service.database)
    async with httpx.AsyncClient(base_url=own.url) as client:
        for language in ("fr", "en"):
            page = await get(client, path, language)
            assert (page.status_code, page.headers["content-language"]) == (200, language)
            for part in ("title", "ask", "label", "button"):
                assert text(f"page.accept_invitation.{part}", language.upper()) in page.text
            assert (await client.head(path)).status_code == 200
        assert await rows_of(own.service.database) == before
        done = await post(client, path, CHOSEN)
        assert (done.status_code, text("page.accept_invitation.done", "EN") in done.text) == (200, True)
        assert (await get(client, path)).status_code == (await post(client, path, CHOSEN)).status_code == 404
    signed = await sign_in(asking(own.service), EMAIL, CHOSEN)
    async with own.service.database.read() as session:
        account = await session.get_one(Account, signed.caller.account_id)
        member = (await session.scalars(select(EmployerMember).where(EmployerMember.id == account.id))).one()
    assert (account.language, account.email_confirmed_at, member.name) == (Language.EN, own.service.now(), "Lou Gagnon")


@pytest.mark.parametrize("typed", ["", "too short", "<b>short"])
async def test_a_password_that_cannot_be_shows_the_form_again(own: Running, typed: str) -> None:
    path = await link(own)
    async with httpx.AsyncClient(base_url=own.url) as client:
        page = await post(client, path, typed)
        assert (page.status_code, page.text.count('role="alert"')) == (422, 1)
        assert not typed or typed not in page.text
        assert (await post(client, path, CHOSEN)).status_code == 200


async def test_a_link_that_is_too_old_or_of_another_purpose_shows_no_form(own: Running, clock: Clock) -> None:
    path = await link(own)
    async with httpx.AsyncClient(base_url=own.url) as client:
        for other in ("/reset-password/", "/confirm-email/", "/unsubscribe/"):
            assert (await get(client, path.replace("/accept-invitation/", other))).status_code == 404
        clock.move(days=14)
        assert (await get(client, path)).status_code == (await post(client, path, CHOSEN)).status_code == 404


async def test_an_address_that_has_an_account_by_now_is_told(own: Running) -> None:
    path = await link(own)
    await keep_agent(own.service, EMAIL)
    async with httpx.AsyncClient(base_url=own.url) as client:
        for language in ("fr", "en"):
            page = await post(client, path, CHOSEN, language)
            assert (page.status_code, text("ADDRESS_HAS_ACCOUNT", language.upper()) in page.text) == (409, True)
