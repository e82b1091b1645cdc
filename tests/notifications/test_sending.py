"""What is owed by e-mail goes out once, unless something came between; and then the ledger says what."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from auth.keys import Keys
from auth.links import Links
from errors import NotYet
from models.account import Account
from models.alert_mail import GATHERED, AlertMail
from models.candidacy import Candidacy, CandidacyStatus
from models.candidacy_criteria import CandidacyCriteria
from models.candidate import Candidate, RegistrationStatus
from models.database import Database
from models.deadline_claim import Act, meet_due
from models.employer import Employer, EmployerStatus
from models.hidden_employer import HiddenEmployer
from models.holding import hold_listener
from models.job_alert import JobAlert, JobAlertStatus
from models.job_offer import JobOffer
from models.language import Language
from models.notification import Channel, Delivery, DeliveryStatus
from models.outbox import OutboxEntry
from notifications import sending
from notifications.alert_mail import gather
from notifications.alert_mail_sending import send_alert_mail
from notifications.audience import CANDIDACIES
from notifications.email import MailDelayed
from notifications.held_back import send_for_employer, send_what_is_back
from notifications.ledger import LIVE_WAIT, record_matches
from notifications.opening import open_mailer
from notifications.post import Post
from notifications.sending import send_letter
from notifications.unsubscribing import unsubscribe
from tests.conftest import NOW, Clock
from tests.notifications.mail_server import MailServer, answering, mail_server, taken
from tests.notifications.rows import Person, add_alert, add_candidacy, add_employer, add_member, add_offer, add_person
from tests.search.rows import candidate_in

LATER = NOW + timedelta(minutes=5)
MAILS = {kind: Act(hold_listener, gather(frequency)) for frequency, kind in GATHERED.items()}
URL = "https://placement.example.org"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
async def post(server: MailServer, clock: Clock) -> AsyncIterator[Post]:
    links = Links(Keys(["a secret of at least thirty-two bytes"]), URL, clock)
    opened = Post(open_mailer(server.url), links, "Placement en ligne <ne-pas-repondre@example.org>")
    yield opened
    await opened.mailer.close()


async def queued(database: Database, **person: Any) -> UUID:
    """A delivery that is owed: a person with one alert, and an offer that matched it."""
    async with database.begin() as session:
        add_alert(session, add_person(session, **person), name="Soudure")
        offer_id = add_offer(session, add_employer(session)).id
    await record_matches(database, offer_id, NOW)
    async with database.read() as session:
        return (await session.scalars(select(Delivery.id).where(Delivery.channel == Channel.EMAIL))).one()


async def gathered(database: Database) -> UUID:
    """The one mail in which what was recorded goes out."""
    await meet_due(database, MAILS, NOW + LIVE_WAIT)
    async with database.read() as session:
        return (await session.scalars(select(AlertMail.id))).one()


async def gathered_after(database: Database, other: UUID) -> UUID:
    """The one mail in which what was held back from that other goes out."""
    await meet_due(database, MAILS, LATER)
    async with database.read() as session:
        return (await session.scalars(select(AlertMail.id).where(AlertMail.id != other))).one()


async def settled(database: Database, delivery_id: UUID) -> Delivery:
    async with database.read() as session:
        return await session.get_one(Delivery, delivery_id)


async def test_an_owed_email_is_sent_and_then_marked(database: Database, server: MailServer, post: Post) -> None:
    delivery_id = await queued(database, email="awa@example.org", given_name="Awa")
    await send_alert_mail(database, post, await gathered(database), LATER)
    (message,) = server.messages
    assert server.recipients == ["awa@example.org"]
    assert message["Subject"] == "Nouvelle offre : Soudeuse ou soudeur (Fonderie du Fjord)"
    assert message["Message-ID"] == f"<{await gathered(database)}@example.org>"
    assert message["List-Unsubscribe"].startswith(f"<{URL}/unsubscribe/")
    assert message["List-Unsubscribe"].endswith("?lang=fr>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    delivery = await settled(database, delivery_id)
    assert (delivery.status, delivery.at, delivery.attempts, delivery.problem) == (DeliveryStatus.SENT, LATER, 1, None)


async def test_what_was_sent_is_not_sent_again(database: Database, server: MailServer, post: Post) -> None:
    await queued(database)
    for _ in range(3):
        await send_alert_mail(database, post, await gathered(database), LATER)
    await send_alert_mail(database, post, uuid4(), LATER)
    assert len(server.messages) == 1


def close(session: Any, rows: dict[type, Any]) -> None:
    rows[JobOffer].close()


def refuse(session: Any, rows: dict[type, Any]) -> None:
    rows[Employer].status = EmployerStatus.SUSPENDED


def deactivate(session: Any, rows: dict[type, Any]) -> None:
    rows[Candidate].registration_status = RegistrationStatus.DEACTIVATED


def forget_confirmation(session: Any, rows: dict[type, Any]) -> None:
    rows[Account].email_confirmed_at = None


def pause(session: Any, rows: dict[type, Any]) -> None:
    rows[JobAlert].status = JobAlertStatus.PAUSED


def hide(session: Any, rows: dict[type, Any]) -> None:
    session.add(HiddenEmployer(candidate_id=rows[Candidate].id, neq=rows[Employer].neq, since=NOW))


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (close, "JOB_OFFER_NOT_OPEN"),
        (refuse, "EMPLOYER_NOT_AUTHENTICATED"),
        (deactivate, "REGISTRATION_NOT_ACTIVE"),
        (forget_confirmation, "EMAIL_NOT_CONFIRMED"),
        (pause, "ALERT_NOT_ON"),
        (hide, "EMPLOYER_HIDDEN"),
    ],
)
async def test_whatever_came_between_suppresses_the_email(
    database: Database, server: MailServer, post: Post, meanwhile: Callable[..., None], reason: str
) -> None:
    delivery_id = await queued(database)
    async with database.begin() as session:
        tables = (JobOffer, Employer, Candidate, Account, JobAlert)
        meanwhile(session, {table: (await session.scalars(select(table))).one() for table in tables})
    await send_alert_mail(database, post, await gathered(database), LATER)
    delivery = await settled(database, delivery_id)
    assert (delivery.status, delivery.problem, delivery.at) == (DeliveryStatus.SUPPRESSED, reason, LATER)
    assert (delivery.attempts, server.messages) == (0, [])


async def test_what_a_suspension_kept_back_goes_with_the_next_mail_once_it_is_lifted(
    database: Database, server: MailServer, post: Post
) -> None:
    delivery_id = await queued(database)
    kept = await gathered(database)
    async with database.read() as session:
        employer_id = (await session.scalars(select(Employer.id))).one()
    await stand(database, employer_id, EmployerStatus.SUSPENDED)
    await send_alert_mail(database, post, kept, LATER)
    await meet_due(database, MAILS, LATER)
    await stand(database, employer_id, EmployerStatus.AUTHENTICATED)
    for _ in range(2):
        await send_for_employer(database, employer_id, LATER)
    mail = await gathered_after(database, kept)
    for _ in range(2):
        await send_alert_mail(database, post, mail, LATER)
    delivery = await settled(database, delivery_id)
    assert (delivery.status, delivery.problem, delivery.mail_id) == (DeliveryStatus.SENT, None, mail)
    assert len(server.messages) == 1


async def test_what_may_be_told_again_while_it_is_being_held_back_goes(
    database: Database, server: MailServer, post: Post
) -> None:
    await queued(database)
    mail = await gathered(database)
    async with database.read() as session:
        employer_id, person_id = [(await session.scalars(select(each.id))).one() for each in (Employer, Candidate)]
    await stand(database, employer_id, EmployerStatus.SUSPENDED)
    async with database.begin() as session:
        await hold_listener(session, person_id)
        holding_back = asyncio.create_task(send_alert_mail(database, post, mail, LATER))
        await asyncio.sleep(0.3)
        assert not holding_back.done()
        (await session.get_one(Employer, employer_id)).status = EmployerStatus.AUTHENTICATED
    with pytest.raises(NotYet):
        await holding_back
    assert server.messages == []
    await send_alert_mail(database, post, mail, LATER)
    assert len(server.messages) == 1


async def test_what_its_own_suspension_kept_from_a_member_goes_once_it_is_lifted(
    database: Database, server: MailServer, post: Post
) -> None:
    async with database.begin() as session:
        employer = add_employer(session)
        add_alert(session, add_member(session, employer), CandidacyCriteria(text="soudeur"))
        candidacy_id = add_candidacy(session, await candidate_in(session)).id
    await record_matches(database, candidacy_id, NOW, of=CANDIDACIES)
    kept = await gathered(database)
    await stand(database, employer.id, EmployerStatus.SUSPENDED)
    await send_alert_mail(database, post, kept, LATER)
    await stand(database, employer.id, EmployerStatus.AUTHENTICATED)
    await send_for_employer(database, employer.id, LATER)
    mail = await gathered_after(database, kept)
    await send_alert_mail(database, post, mail, LATER)
    assert len(server.messages) == 1


async def test_a_candidacy_that_was_away_when_the_mail_went_is_told_of_once_it_is_back(
    database: Database, server: MailServer, post: Post
) -> None:
    async with database.begin() as session:
        add_alert(session, add_member(session, add_employer(session)), CandidacyCriteria(text="soudeur"))
        candidacy_id = add_candidacy(session, await candidate_in(session)).id
    await record_matches(database, candidacy_id, NOW, of=CANDIDACIES)
    mails = [await gathered(database)]
    for status in (CandidacyStatus.WITHDRAWN, CandidacyStatus.PUBLISHED):
        async with database.begin() as session:
            (await session.get_one(Candidacy, candidacy_id)).status = status
        await send_alert_mail(database, post, mails[-1], LATER)
        await send_what_is_back(database, CANDIDACIES, candidacy_id, LATER)
        await meet_due(database, MAILS, LATER)
        async with database.read() as session:
            mails += await session.scalars(select(AlertMail.id).where(AlertMail.id.not_in(mails)))
    assert server.messages == []
    await send_alert_mail(database, post, mails[-1], LATER)
    assert (len(mails), len(server.messages)) == (2, 1)


async def test_a_candidacy_that_came_back_as_another_is_told_to_nobody_who_does_not_look_for_that(
    database: Database, server: MailServer, post: Post
) -> None:
    async with database.begin() as session:
        add_alert(session, add_member(session, add_employer(session)), CandidacyCriteria(text="soudeur"))
        row = add_candidacy(session, await candidate_in(session))
    await record_matches(database, row.id, NOW, of=CANDIDACIES)
    mail = await gathered(database)
    async with database.begin() as session:
        (await session.get_one(Candidacy, row.id)).status = CandidacyStatus.WITHDRAWN
    await send_alert_mail(database, post, mail, LATER)
    async with database.begin() as session:
        back = await session.get_one(Candidacy, row.id)
        back.status, back.title_fr, back.occupations = CandidacyStatus.PUBLISHED, "Infirmière", ["31301"]
    await send_what_is_back(database, CANDIDACIES, row.id, LATER)
    async with database.read() as session:
        assert (await session.scalars(select(Delivery.status).where(Delivery.channel == Channel.EMAIL))).all() == [
            DeliveryStatus.SUPPRESSED
        ]


async def stand(database: Database, employer_id: UUID, status: EmployerStatus) -> None:
    async with database.begin() as session:
        (await session.get_one(Employer, employer_id)).status = status


@pytest.mark.parametrize("meanwhile", [close, forget_confirmation])
async def test_what_may_not_go_any_more_stays_kept_back(
    database: Database, server: MailServer, post: Post, meanwhile: Callable[..., None]
) -> None:
    delivery_id = await queued(database)
    mail = await gathered(database)
    async with database.begin() as session:
        employer = (await session.scalars(select(Employer))).one()
        employer.status = EmployerStatus.SUSPENDED
    await send_alert_mail(database, post, mail, LATER)
    async with database.begin() as session:
        meanwhile(session, {table: (await session.scalars(select(table))).one() for table in (JobOffer, Account)})
        (await session.get_one(Employer, employer.id)).status = EmployerStatus.AUTHENTICATED
    await send_for_employer(database, employer.id, LATER)
    assert (await settled(database, delivery_id)).status is DeliveryStatus.SUPPRESSED
    assert server.messages == []


async def test_what_was_sent_is_marked_though_the_database_stumbles(
    database: Database, server: MailServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "RESTS", (0.0, 1.0))
    delivery_id = await queued(database)
    mail = await gathered(database)

    async def rename(before: str, after: str) -> None:
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")

    async def stumbling() -> str:
        await rename("delivery", "away")
        stumbled.set()
        return await taken()

    stumbled, server.on_data = asyncio.Event(), stumbling
    async with asyncio.TaskGroup() as tasks:
        marked = tasks.create_task(send_alert_mail(database, post, mail, LATER))
        await stumbled.wait()
        await asyncio.sleep(0.3)
        assert not marked.done()
        await rename("away", "delivery")
    assert (await settled(database, delivery_id)).status is DeliveryStatus.SENT
    assert len(server.messages) == 1


async def test_no_employer_fills_a_mail_and_none_is_longer_than_twenty_offers(
    database: Database, server: MailServer, post: Post
) -> None:
    async with database.begin() as session:
        add_alert(session, add_person(session), name="Soudure")
        flooding, others = add_employer(session), [add_employer(session) for _ in range(25)]
        made = [add_offer(session, flooding, title_fr=f"Soudure inondante {number}").id for number in range(5)]
        made += [add_offer(session, each, title_fr="Soudure seule").id for each in others]
    for offer_id in made:
        await record_matches(database, offer_id, NOW)
    await send_alert_mail(database, post, await gathered(database), LATER)
    body = server.messages[0].get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert (text.count("Soudure inondante"), text.count("Soudure seule")) == (3, 17)
    assert "30" in text, "it says how many there are"


async def test_a_deleted_alert_suppresses_the_email(database: Database, server: MailServer, post: Post) -> None:
    delivery_id = await queued(database)
    async with database.begin() as session:
        await session.delete((await session.scalars(select(JobAlert))).one())
    await send_alert_mail(database, post, await gathered(database), LATER)
    assert (await settled(database, delivery_id)).problem == "ALERT_NOT_ON"
    assert server.messages == []


async def test_an_offer_past_its_last_day_is_told_to_nobody(database: Database, server: MailServer, post: Post) -> None:
    delivery_id = await queued(database)
    await send_alert_mail(database, post, await gathered(database), NOW + timedelta(days=40))
    assert (await settled(database, delivery_id)).problem == "JOB_OFFER_NOT_OPEN"
    assert server.messages == []


async def test_unsubscribing_works_at_once_and_as_often_as_one_likes(database: Database, server: MailServer, post: Post) -> None:
    await queued(database)
    async with database.read() as session:
        alert_id = (await session.scalars(select(JobAlert.id))).one()
    for each in (alert_id, alert_id, uuid4()):
        await unsubscribe(database, [each])
    await send_alert_mail(database, post, await gathered(database), LATER)
    async with database.read() as session:
        assert (await session.get_one(JobAlert, alert_id)).status is JobAlertStatus.PAUSED
    assert server.messages == []


async def test_a_delay_leaves_the_email_owed_and_counts_the_attempt(database: Database, server: MailServer, post: Post) -> None:
    delivery_id = await queued(database)
    server.on_data = answering("451 4.3.0 later")
    for _ in range(2):
        with pytest.raises(MailDelayed):
            await send_alert_mail(database, post, await gathered(database), LATER)
    delivery = await settled(database, delivery_id)
    assert (delivery.status, delivery.at, delivery.attempts) == (DeliveryStatus.QUEUED, None, 2)
    assert delivery.problem == "MAIL_DELAYED"
    server.on_data = answering("250 taken")
    await send_alert_mail(database, post, await gathered(database), LATER)
    delivery = await settled(database, delivery_id)
    assert (delivery.status, delivery.attempts, delivery.problem) == (DeliveryStatus.SENT, 3, None)


async def test_a_refusal_is_final_and_logged_without_the_address(
    database: Database, server: MailServer, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    delivery_id = await queued(database, email="awa@example.org")
    server.on_recipient = answering("550 5.1.1 no mailbox awa@example.org")
    await send_alert_mail(database, post, await gathered(database), LATER)
    delivery = await settled(database, delivery_id)
    assert (delivery.status, delivery.at, delivery.attempts) == (DeliveryStatus.FAILED, LATER, 1)
    assert delivery.problem == "ADDRESS_REFUSED"
    assert caplog.messages == [f"mail {await gathered(database)} was not taken: AddressRefused('550 5.1.1')"]


@pytest.mark.parametrize(("answers", "stopped"), [(("550 5.1.1", "250"), "ADDRESS_REFUSED"), (("250", "554 5.7.1"), None)])
async def test_only_an_address_that_is_none_stops_its_alerts(
    database: Database, server: MailServer, post: Post, answers: tuple[str, str], stopped: str | None
) -> None:
    delivery_id = await queued(database)
    server.on_recipient, server.on_data = map(answering, answers)
    await send_alert_mail(database, post, await gathered(database), LATER)
    async with database.read() as session:
        assert (await session.scalars(select(Account.email_stopped))).one() == stopped
    assert (await settled(database, delivery_id)).problem == (stopped or "MAIL_REFUSED")


async def test_a_crash_after_sending_repeats_the_same_message(database: Database, server: MailServer, post: Post) -> None:
    delivery_id = await queued(database)
    await send_alert_mail(database, post, await gathered(database), LATER)
    async with database.begin() as session:  # as if the mark had never been written
        (await session.get_one(Delivery, delivery_id)).status = DeliveryStatus.QUEUED
    await send_alert_mail(database, post, await gathered(database), LATER + timedelta(hours=1))
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]


async def test_no_transaction_is_open_while_the_server_thinks(database: Database, server: MailServer, post: Post) -> None:
    delivery_id = await queued(database)

    async def write_meanwhile() -> str:
        async with database.begin() as session:
            (await session.scalars(select(JobOffer).with_for_update())).one().city = "Alma"
            (await session.scalars(select(Delivery).with_for_update())).first()
        return "250 taken"

    server.on_data = write_meanwhile
    await send_alert_mail(database, post, await gathered(database), LATER)
    assert (await settled(database, delivery_id)).status is DeliveryStatus.SENT


async def person_with(database: Database, **fields: Any) -> Person:
    async with database.begin() as session:
        return add_person(session, given_name="Awa", **fields)


def due(kind: str, person: Person) -> OutboxEntry:
    return OutboxEntry(id=7, kind=kind, subject=person.id)


PENDING, ACTIVE, CLOSED = RegistrationStatus.PENDING, RegistrationStatus.ACTIVE, RegistrationStatus.CLOSED


@pytest.mark.parametrize(
    ("kind", "status", "language", "subject"),
    [
        ("account.confirm_email", None, Language.FR, None),
        ("account.email_already_used", ACTIVE, Language.FR, "Quelqu’un a voulu ouvrir un compte avec votre adresse"),
        ("account.email_already_used", ACTIVE, Language.EN, "Someone tried to open an account with your address"),
        ("registration.pending", PENDING, Language.FR, "Votre inscription est en attente"),
        ("registration.pending", ACTIVE, Language.FR, None),
        ("registration.settled", ACTIVE, Language.EN, "Your registration is accepted"),
        ("registration.settled", CLOSED, Language.FR, "Votre inscription n’a pas pu être acceptée"),
        ("registration.settled", PENDING, Language.FR, None),
    ],
)
async def test_a_letter_says_where_things_stand_or_is_not_sent(  # noqa: PLR0913
    *,
    database: Database,
    server: MailServer,
    post: Post,
    kind: str,
    status: RegistrationStatus | None,
    language: Language,
    subject: str | None,
) -> None:
    notice = "NOT_RECOGNISED" if status is CLOSED else None
    person = await person_with(database, status=status or ACTIVE, language=language, notice_code=notice)
    await send_letter(database, post, due(kind, person), LATER)
    assert [message["Subject"] for message in server.messages] == ([subject] if subject else [])
    assert server.recipients == ([person.email] if subject else [])


async def test_an_unconfirmed_address_receives_the_letter_that_confirms_it_and_no_other(
    database: Database, server: MailServer, post: Post
) -> None:
    person = await person_with(database, confirmed=False, status=PENDING)
    for kind in ("registration.pending", "registration.settled", "unheard.of"):
        await send_letter(database, post, due(kind, person), LATER)
    assert server.messages == []
    await send_letter(database, post, due("account.confirm_email", person), LATER)
    assert [message["Subject"] for message in server.messages] == ["Confirmez votre adresse courriel"]
    assert f"{URL}/confirm-email/".encode() in server.contents[0].replace(b"=\r\n", b"")
    assert b"Awa" not in server.contents[0]


async def test_an_address_that_another_account_has_confirmed_receives_no_link_of_a_second(
    database: Database, server: MailServer, post: Post
) -> None:
    person = await person_with(database, confirmed=False, email="zoe@example.org")
    await person_with(database, email="zoe@example.org")
    await send_letter(database, post, due("account.confirm_email", person), LATER)
    assert server.messages == []


async def test_the_reader_of_an_address_is_told_of_a_second_account_with_it(
    database: Database, server: MailServer, post: Post
) -> None:
    person = await person_with(database, confirmed=False, email="zoe@example.org", language=Language.FR)
    reader = await person_with(database, email="zoe@example.org", language=Language.EN)
    await send_letter(database, post, due("account.opened", reader), LATER)
    assert server.messages == [], "of the reader's own account there is nothing to tell"
    await send_letter(database, post, due("account.opened", person), LATER)
    assert [message["Subject"] for message in server.messages] == ["Someone tried to open an account with your address"]


async def test_a_letter_to_an_account_that_is_gone_is_not_sent(database: Database, server: MailServer, post: Post) -> None:
    await send_letter(database, post, due("registration.settled", Person(uuid4(), "")), LATER)
    assert server.messages == []


async def test_a_letter_that_is_delayed_is_tried_again_one_that_is_refused_is_not_and_the_log_tells_both(
    database: Database, server: MailServer, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    person = await person_with(database, email="awa@example.org")
    server.on_data = answering("451 4.3.0 later")
    with pytest.raises(MailDelayed):
        await send_letter(database, post, due("registration.settled", person), LATER)
    server.on_data = answering("554 5.7.1 not wanted by awa@example.org")
    await send_letter(database, post, due("registration.settled", person), LATER)
    assert server.messages == []
    async with database.read() as session:
        reference = (await session.get_one(Account, person.id)).mail_reference
    letter = f"mail registration.settled.7.{reference} was not taken"
    assert caplog.messages == [f"{letter}: MailDelayed('451 4.3.0')", f"{letter}: MailRefused('554 5.7.1')"]
