"""The offers of an employer: for its members and agents all of them, for everybody else what the search could find."""

from datetime import timedelta
from uuid import uuid4

import pytest

from auth.caller import Caller
from models.account import Role
from models.employer import Employer, EmployerStatus
from models.job_offer import RUNS_FOR
from resolvers.context import Context
from resolvers.job_offer import offers_of
from resolvers.pages import PageRequest
from tests.conftest import NOW
from tests.contexts import asking
from tests.notifications.rows import add_employer, add_offer

OVER = NOW - RUNS_FOR - timedelta(days=1)


async def keep_offers(service: Context) -> Employer:
    """An employer with a draft, then an offer that is over though nobody has marked it, one that is closed, and an open one."""
    async with service.database.begin() as session:
        employer, other = add_employer(session), add_employer(session)
        offers = [add_offer(session, employer, published_at=at) for at in (None, OVER, NOW, NOW)]
        offers[2].close()
        for age, offer in enumerate(reversed(offers)):
            offer.title_fr, offer.created_at = f"n° {len(offers) - age}", NOW - timedelta(hours=age)
        add_offer(session, other)
    return employer


async def listed(service: Context, employer: Employer, caller: Caller | None = None) -> list[str | None]:
    """The titles on all the pages of one offer each."""
    titles, after, more = [], None, True
    while more:
        page = await offers_of(asking(service, caller), employer.id, PageRequest(1, after))
        titles += [posted.offer.title_fr for _, posted in page.items]
        after, more = page.items[-1][0] if page.items else None, page.has_next
    assert page.total == len(titles)
    return titles


def caller(role: Role, employer: Employer | None = None) -> Caller:
    employed = employer.id if employer else None
    return Caller(account_id=uuid4(), role=role, session_id=uuid4(), token_expires_at=NOW, employer_id=employed)


async def test_an_employers_offers_are_listed_newest_first_to_each_as_far_as_they_exist(service: Context) -> None:
    employer = await keep_offers(service)
    for knowing in (caller(Role.AGENT), caller(Role.EMPLOYER_MEMBER, employer)):
        assert await listed(service, employer, knowing) == ["n° 4", "n° 3", "n° 2", "n° 1"]
    for stranger in (None, caller(Role.CANDIDATE), caller(Role.EMPLOYER_MEMBER, Employer(id=uuid4()))):
        assert await listed(service, employer, stranger) == ["n° 4"]


@pytest.mark.parametrize("status", [each for each in EmployerStatus if each is not EmployerStatus.AUTHENTICATED])
async def test_an_employer_that_is_not_authenticated_has_no_offers_for_others(service: Context, status: EmployerStatus) -> None:
    employer = await keep_offers(service)
    async with service.database.begin() as session:
        (await session.get_one(Employer, employer.id)).status = status
    assert await listed(service, employer) == []
    assert len(await listed(service, employer, caller(Role.EMPLOYER_MEMBER, employer))) == 4
