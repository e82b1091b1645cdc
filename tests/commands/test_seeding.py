"""Seeding gives a demonstration that works, adds what is missing, and the same volume for the same seed."""

import pytest
from sqlalchemy import delete, func, select

from bootstrap import Resources
from commands.demo.candidacy import candidacy
from commands.seed_accounts import neq
from commands.seed_rows import key
from commands.seeding import DEMO_CANDIDACIES, DEMO_OFFERS
from commands.synthetic import employers
from models.account import Account, Role
from models.base import Base
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.deadline import Deadline, cancel
from models.employer import EmployerStatus, neq_looks_right
from models.job_alert import JobAlert, JobAlertAnchor
from models.job_offer import JobOffer, JobOfferStatus
from models.outbox import OutboxEntry
from resolvers.employer_member import read_member
from tests.commands.conftest import SMALL
from tests.commands.operator import PRODUCTION, Operator

WHOLE = (DEMO_CANDIDACIES, DEMO_OFFERS)
COUNTED = ("account", "candidate", "candidacy", "employer", "employer_member", "agent", "job_offer", "job_offer_event", "outbox")


async def rows(resources: Resources) -> dict[str, int]:
    """How many there are, by table."""
    async with resources.database.read() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name in COUNTED]
        return {table.name: await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


async def account(resources: Resources, email: str) -> Account:
    async with resources.database.read() as session:
        found = await session.scalar(select(Account).where(Account.email == email))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("candidate@example.org", Role.CANDIDATE),
        ("employer@example.org", Role.EMPLOYER_MEMBER),
        ("newemployer@example.org", Role.EMPLOYER_MEMBER),
        ("agent@example.org", Role.AGENT),
    ],
)
async def test_the_documented_accounts_open_with_the_documented_password(operator: Operator, email: str, role: Role) -> None:
    await operator.seeds()
    async with operator.parts() as resources:
        found = await account(resources, email)
        assert await resources.passwords.verify(found.password_hash, "placement-demo")
    assert (found.role, found.email_confirmed_at is not None) == (role, True)


async def test_one_employer_of_the_demonstration_stands_and_has_offers_and_the_other_waits(operator: Operator) -> None:
    await operator.seeds()
    async with operator.parts() as resources, resources.database.read() as session:
        standing = await read_member(session, (await account(resources, "employer@example.org")).id)
        waiting = await read_member(session, (await account(resources, "newemployer@example.org")).id)
        assert standing is not None
        assert waiting is not None
        offers = await session.scalar(select(func.count()).where(JobOffer.employer_id == standing.employer.id))
    assert standing.employer.status is EmployerStatus.AUTHENTICATED
    assert waiting.employer.status is EmployerStatus.PENDING
    assert offers


async def test_the_candidate_of_the_demonstration_is_active_and_published(operator: Operator) -> None:
    await operator.seeds()
    async with operator.parts() as resources, resources.database.read() as session:
        candidate = await session.get_one(Candidate, (await account(resources, "candidate@example.org")).id)
        own = (await session.scalars(select(Candidacy).where(Candidacy.candidate_id == candidate.id))).one()
        number = resources.vault.certificate_of(candidate).file_number
    candidate.may_publish(resources.now().date())
    assert number.startswith("OK")
    assert own.visible_on(resources.now().date())


async def test_the_whole_demonstration_is_in_the_index_when_the_command_ends(sqlite_operator: Operator) -> None:
    sqlite_operator.demonstrates(*WHOLE)
    await sqlite_operator.seeds()
    verified = await sqlite_operator.run("verify")
    assert verified.code == 0
    assert "240 in the database, 240 in the index" in verified.out


async def test_seeding_again_changes_nothing(operator: Operator) -> None:
    await operator.seeds()
    async with operator.parts() as resources:
        before = await rows(resources)
        again = await operator.run("seed")
        assert (again.code, again.out) == (0, "All of it is there already.\n")
        assert await rows(resources) == before


async def test_seeding_adds_what_an_interruption_left_out(operator: Operator) -> None:
    await operator.run("seed", "--candidacies", "6", "--offers", "6")
    async with operator.parts() as resources:
        async with resources.database.begin() as session:
            await session.execute(delete(Candidacy).where(Candidacy.id == key("candidacy/1/4")))
            await cancel(session, [key("candidacy/1/4")])
        added = await operator.run("seed", "--candidacies", "8", "--offers", "6")
        assert added.out.startswith("Added 3 ")
        assert (await rows(resources))["candidacy"] == SMALL + 8
    assert (await operator.run("verify")).code == 0


async def test_an_address_that_somebody_has_already_stays_theirs(operator: Operator) -> None:
    password = "my own password, not the demo's"
    await operator.run("create-agent", "employer@example.org", "--name", "Somebody", typing=password + "\n")
    await operator.seeds()
    async with operator.parts() as resources:
        kept = await account(resources, "employer@example.org")
        assert kept.role is Role.AGENT
        assert await resources.passwords.verify(kept.password_hash, password)


async def test_volume_is_published_owed_its_end_and_told_to_no_alert(operator: Operator) -> None:
    await operator.run("seed", "--candidacies", "5", "--offers", "5", "--random-seed", "9")
    async with operator.parts() as resources, resources.database.read() as session:
        offer = await session.get_one(JobOffer, key("job-offer/9/3"))
        candidacy_row = await session.get_one(Candidacy, key("candidacy/9/3"))
        ends = set(await session.scalars(select(Deadline.kind).where(Deadline.subject.in_([offer.id, candidacy_row.id]))))
        announced = await session.scalar(select(func.count()).where(OutboxEntry.kind == "job_offer.announced"))
    assert offer.status is JobOfferStatus.PUBLISHED
    assert offer.open_on(resources.now().date())
    assert candidacy_row.title == candidacy(9, 3).title
    assert (ends, announced) == ({"job_offer.expires", "candidacy.ending", "candidacy.expires", "candidacy.ended"}, 0)


async def test_the_same_seed_gives_the_same_rows_and_another_seed_others(sqlite_operator: Operator) -> None:
    async def seeded(seed: str, name: str) -> list[tuple[str, str | None]]:
        sqlite_operator.sets(DATABASE_URL=f"sqlite+aiosqlite:///{sqlite_operator.folder / name}.db")
        await sqlite_operator.run("migrate")
        await sqlite_operator.run("seed", "--candidacies", "12", "--random-seed", seed)
        async with sqlite_operator.parts() as resources, resources.database.read() as session:
            found = select(Candidacy.number, Candidacy.title_fr).where(Candidacy.external_id.startswith(f"synthetic-{seed}-"))
            return [(number, title) for number, title in await session.execute(found.order_by(Candidacy.number))]

    first, again, other = await seeded("3", "first"), await seeded("3", "again"), await seeded("4", "other")
    assert len(first) == 12
    assert first == again
    assert {number for number, _ in first}.isdisjoint(number for number, _ in other)


async def test_synthetic_alerts_have_their_anchors_and_one_person_each(operator: Operator) -> None:
    await operator.run("seed", "--alerts", "25")
    async with operator.parts() as resources, resources.database.read() as session:
        alerts = (await session.scalars(select(JobAlert))).all()
        anchored = set(await session.scalars(select(JobAlertAnchor.alert_id)))
    assert len({alert.person_id for alert in alerts}) == len(alerts) == 25
    assert anchored == {alert.id for alert in alerts}
    assert (await operator.run("reindex", "--alerts")).out.startswith("alerts: 0 had old anchors")


async def test_seeding_is_refused_in_production(sqlite_operator: Operator) -> None:
    sqlite_operator.sets(**PRODUCTION)
    refused = await sqlite_operator.run("seed")
    assert refused.code == 1
    assert refused.err == (
        "placement: demonstration data is refused in production: everybody knows the password of its accounts\n"
    )


def test_every_employer_of_the_demonstration_has_a_number_of_its_own_that_looks_right() -> None:
    numbers = [neq(employer.external_id) for employer in employers()]
    assert len(set(numbers)) == len(numbers)
    assert all(map(neq_looks_right, numbers))
