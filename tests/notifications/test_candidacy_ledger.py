"""Members of employers are told of candidacies by the ledger of alerts: each once, in order, whatever runs at the same time."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from models.anchor import anchors, document_tokens
from models.candidacy_criteria import CandidacyCriteria
from models.candidacy_document import candidacy_document
from models.database import Database
from models.employer import EmployerMember, EmployerStatus
from models.hidden_employer import HiddenEmployer
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Notification
from notifications import ledger
from notifications.audience import CANDIDACIES
from notifications.ledger import record_matches
from notifications.matching import matching_alerts
from tests.conftest import NOW
from tests.notifications.rows import Person, add_alert, add_candidacy, add_employer, add_member, add_person, notifications_of
from tests.search.rows import candidate_in

WELDERS = CandidacyCriteria(text="soudeur")


async def watched(database: Database, count: int) -> list[Person]:
    """Members of an employer, each with a search for welders."""
    async with database.begin() as session:
        employer = add_employer(session)
        members = [add_member(session, employer) for _ in range(count)]
        for each in members:
            add_alert(session, each, WELDERS)
    return members


async def candidacies(database: Database, count: int) -> list[UUID]:
    async with database.begin() as session:
        candidate = await candidate_in(session)
        return [add_candidacy(session, candidate).id for _ in range(count)]


async def test_several_workers_at_once_tell_each_member_once_and_in_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PERSONS_IN_ONE_TRANSACTION", 2)
    members, published = await watched(database, 5), await candidacies(database, 6)
    told = await asyncio.gather(*(record_matches(database, each, NOW, of=CANDIDACIES) for each in published * 3))
    assert sum(map(len, told)) == len(members) * len(published)
    async with database.read() as session:
        for member in members:
            heard = await notifications_of(session, member)
            assert [each.position for each in heard] == list(range(1, len(published) + 1))
            assert {each.matched_candidacy_id for each in heard} == set(published)
            assert (await session.get_one(EmployerMember, member.id)).live_position == len(published)


async def test_an_offer_and_a_candidacy_of_the_same_words_find_alerts_of_their_own_kind(database: Database) -> None:
    async with database.begin() as session:
        search = add_alert(session, add_member(session, add_employer(session)), WELDERS)
        add_alert(session, add_person(session), JobOfferCriteria(text="soudeur"))
        row = add_candidacy(session, await candidate_in(session))
        await session.flush()
        document = candidacy_document(row, "FR")
        assert [match.alert_id for match in await matching_alerts(session, document)] == [search.id]
    offers = {anchor.token for anchor in anchors(uuid4(), JobOfferCriteria(text="soudeur"))}
    assert offers.isdisjoint(document_tokens(document))


async def test_only_members_of_authenticated_employers_that_it_does_not_hide_from_are_told(database: Database) -> None:
    async with database.begin() as session:
        candidate = await candidate_in(session)
        employers = {status: add_employer(session, status) for status in EmployerStatus}
        hidden = add_employer(session)
        members = {each: add_member(session, employer) for each, employer in employers.items()}
        for each in (*members.values(), add_member(session, hidden)):
            add_alert(session, each, WELDERS)
        session.add(HiddenEmployer(candidate_id=candidate.id, neq=hidden.neq, since=NOW))
        published = add_candidacy(session, candidate).id
    assert await record_matches(database, published, NOW, of=CANDIDACIES) == {members[EmployerStatus.AUTHENTICATED].id}
    assert await record_matches(database, published, NOW, of=CANDIDACIES) == set()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notification)) == 1
