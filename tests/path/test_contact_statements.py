"""A page of contact requests, and of profiles whose people have agreed, costs as many statements as one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from models.candidacy import Candidacy
from models.candidacy_draft import CandidacyDraft
from models.contact_request import ContactRequest, ContactRequestStatus
from models.employer import Employer, EmployerMember
from models.outbox import emit
from tests.conftest import Clock
from tests.notifications.rows import add_offer, add_person
from tests.path.in_touch import Pair, pair
from tests.service import Data, Service

REQUESTS = """edges { node { id status reply employer { name } jobOffer { number employer { name } } person { email } } }"""
PAGES = {
    "employer": f"""query($n: Int!) {{ viewer {{ ... on EmployerMember {{ employer {{
        contactRequests(first: $n) {{ totalCount {REQUESTS} }} }} }} }} }}""",
    "candidate": f"""query($n: Int!) {{ viewer {{ ... on Candidate {{
        contactRequests(first: $n) {{ totalCount {REQUESTS} }} }} }} }}""",
    "profiles": "query($n: Int!) { candidacies(first: $n) { edges { node { number person { email } } } } }",
}


@contextmanager
def statements(service: Service) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, but for what begins and ends transactions, and for the look at the lists of codes
    that every process takes now and then."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, text: str, *rest: Any) -> None:
        asking = text.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))
        if asking and "code_list_version" not in text and "code_entry" not in text:
            found.append(text)

    engine = service.resources.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def fifty(both: Pair) -> None:
    """So many more people who have agreed, and so many more offers that one of them has agreed about."""
    service = both.person.service
    async with service.resources.database.begin() as session:
        first = (await session.scalars(select(Candidacy))).one()
        member = (await session.scalars(select(EmployerMember))).one()
        employer = await session.get_one(Employer, member.employer_id)
        offers = [add_offer(session, employer) for _ in range(50)]
        rows = [first]
        for _ in range(50):
            person = add_person(session)
            await session.flush()
            row = Candidacy(id=uuid4(), candidate_id=person.id, created_at=first.created_at)
            CandidacyDraft.of(first).write_to(row)
            row.publish(first.created_at, first.publication_ends_on or first.created_at.date())
            rows.append(row)
            session.add(row)
        await session.flush()
        for candidacy, offer in [*((row, offers[0]) for row in rows[1:]), *((first, offer) for offer in offers)]:
            session.add(_agreed(candidacy, offer.id, member))
            emit(session, "candidacy.changed", candidacy.id, first.created_at)
    await service.work()


def _agreed(candidacy: Candidacy, offer_id: Any, member: EmployerMember) -> ContactRequest:
    row = ContactRequest(id=uuid4(), candidacy_id=candidacy.id, candidate_id=candidacy.candidate_id, message="Bonjour.")
    row.employer_id, row.member_id, row.job_offer_id = member.employer_id, member.id, offer_id
    row.status, row.created_at = ContactRequestStatus.ACCEPTED, candidacy.created_at
    return row


def persons(answer: Any) -> list[Any]:
    match answer:
        case dict():
            own = [answer["person"]] if "person" in answer else []
            return own + [each for value in answer.values() for each in persons(value)]
        case list():
            return [each for value in answer for each in persons(value)]
        case _:
            return []


@pytest.mark.parametrize("page", PAGES)
async def test_fifty_cost_as_many_statements_as_one(service: Service, clock: Clock, page: str) -> None:
    both = await pair(service, clock)
    await fifty(both)
    token = await (both.person.token() if page == "candidate" else both.recruiter.token())
    asked: dict[int, int] = {}
    found: Data = {}
    for first in (1, 10, 50):
        context = await service.asking(token)
        assert context.caller
        with statements(service) as counted:
            found = await service.ask(PAGES[page], token, n=first)
        asked[first] = len(counted)
    assert len(set(asked.values())) == 1, asked
    shown = persons(found)
    assert len(shown) == 50
    assert all(shown) == (page != "candidate")
