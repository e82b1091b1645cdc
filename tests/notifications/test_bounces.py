"""Mail that came back, or that its reader complains of, stops the alerts of that address, and of no other."""

from datetime import timedelta
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from models.account import Account
from models.alert_mail import AlertMail
from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.job_alert import JobAlert, JobAlertFrequency
from models.notification import Channel, Delivery, DeliveryStatus
from notifications.bounces import Done, Returned, ReturnKind, read_line, read_report, stop
from notifications.held_back import send_to_address
from notifications.ledger import record_matches
from tests.conftest import NOW
from tests.notifications.rows import Person, add_alert, add_employer, add_offer, add_person, deliveries_of

MAIL = UUID("9d3c6a34-6a52-4c0e-9b3e-0a6d3b1f5c11")


COMPLAINT = "Feedback-Type: abuse\nUser-Agent: Example/1.0\nVersion: 1"


def report(kind: str, fields: str, message_id: str = f"<{MAIL}@example.org>", to: str = "awa@example.org") -> bytes:
    """As a mail server writes it, with the headers of the message that it is about."""
    whole = EmailMessage()
    whole["From"], whole["To"], whole["Subject"] = "MAILER-DAEMON@example.net", "retours@example.org", "Undelivered"
    whole.set_content("Your message could not be delivered.")
    whole.make_mixed()
    machine = MIMEBase("message", kind)
    machine.set_payload([_fields(block) for block in fields.split("\n\n")])
    original = MIMEBase("text", "rfc822-headers")
    original.set_payload(f"Message-ID: {message_id}\nTo: Awa <{to}>\nSubject: Une offre\n\n")
    whole.set_payload([*whole.iter_parts(), machine, original])
    whole.replace_header("Content-Type", f'multipart/report; report-type={kind}; boundary="xx"')
    return whole.as_bytes()


def _fields(block: str) -> Message:
    fields = Message()
    for line in block.strip().splitlines():
        name, _, value = line.partition(": ")
        fields[name] = value
    return fields


def bounce(status: str = "5.1.1", action: str = "failed", recipient: str = "awa@example.org", **about: str) -> bytes:
    whole = f"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}"
    return report("delivery-status", whole, **about)


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.1", "5.2.2", "5.0.0"])
def test_a_notice_of_non_delivery_names_the_address_and_the_mail(status: str) -> None:
    expected = Returned(ReturnKind.BOUNCE, frozenset(("awa@example.org",)), MAIL)
    assert read_report(bounce(status)) == expected


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.1", "delayed"), ("2.0.0", "delivered"), ("5.7.1", "failed"), ("5.1.8", "failed")]
)
def test_what_says_nothing_of_the_mailbox_stops_nothing(status: str, action: str) -> None:
    assert read_report(bounce(status, action)) is None


def test_a_complaint_names_the_mail_alone() -> None:
    assert read_report(report("feedback-report", COMPLAINT)) == Returned(ReturnKind.COMPLAINT, frozenset(), MAIL)
    assert read_report(report("feedback-report", COMPLAINT.replace("abuse", "not-spam"))) is None


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"Subject: absent\n\nI am away.", b"Content-Type: multipart/report\n\n--"]
)
def test_anything_else_is_no_report(content: bytes) -> None:
    assert read_report(content) is None


def test_a_report_about_no_mail_of_ours_is_none() -> None:
    assert read_report(bounce(message_id="<20260316.1@elsewhere.example>")) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Awa@Example.org", Returned(ReturnKind.BOUNCE, frozenset(("awa@example.org",)))),
        ("awa@example.org complaint", Returned(ReturnKind.COMPLAINT, frozenset(("awa@example.org",)))),
        (f"<{MAIL}@example.org> bounce", Returned(ReturnKind.BOUNCE, reference=MAIL)),
        ("awa@example.org perhaps", None),
        ("awa", None),
        ("<x@example.org>", None),
    ],
)
def test_a_line_names_an_address_or_a_mail(line: str, expected: Returned | None) -> None:
    assert read_line(line) == expected


async def subscriber(database: Database, email: str = "awa@example.org") -> Person:
    """With one e-mail that waits, and one mail that went out."""
    async with database.begin() as session:
        person = add_person(session, email=email)
        add_alert(session, person)
        offer_id = add_offer(session, add_employer(session)).id
        await session.flush()
        mail_id = MAIL if email == "awa@example.org" else uuid4()
        session.add(AlertMail(id=mail_id, person_id=person.id, frequency=JobAlertFrequency.LIVE, created_at=NOW))
    await record_matches(database, offer_id, NOW)
    return person


async def bounced(database: Database) -> Person:
    """The same, to whom a mail has come back."""
    person = await subscriber(database)
    returned = read_report(bounce())
    assert returned is not None
    await stop(database, returned, NOW)
    return person


async def problem(database: Database, person: Person) -> str | None:
    async with database.read() as session:
        return await session.scalar(select(Account.email_stopped).where(Account.id == person.id))


async def test_a_bounce_stops_the_alerts_of_its_account_and_settles_what_waits(database: Database) -> None:
    person, other = await subscriber(database), await subscriber(database, "ada@example.org")
    returned = read_report(bounce())
    assert returned is not None
    assert [await stop(database, returned, NOW) for _ in range(2)] == [Done.STOPPED, Done.BEFORE]
    assert (await problem(database, person), await problem(database, other)) == ("ADDRESS_BOUNCED", None)
    async with database.read() as session:
        stopped, going = (
            (await deliveries_of(session, person))[Channel.EMAIL],
            (await deliveries_of(session, other))[Channel.EMAIL],
        )
    assert (stopped.status, stopped.problem, stopped.at) == (DeliveryStatus.SUPPRESSED, "ADDRESS_BOUNCED", NOW)
    assert going.status is DeliveryStatus.QUEUED


@pytest.mark.parametrize("line", ["t3@xn--bcher-kva.example", "t3@bücher.example complaint"])
async def test_an_international_domain_is_known_in_either_spelling(database: Database, line: str) -> None:
    person = await subscriber(database, "t3@bücher.example")
    said = read_line(line)
    assert said is not None
    assert await stop(database, said, NOW) is Done.STOPPED
    assert await problem(database, person) is not None


async def test_a_report_names_an_international_domain_as_mail_servers_know_it(database: Database) -> None:
    person = await subscriber(database, "t3@bücher.example")
    async with database.read() as session:
        reference = (await session.get_one(Account, person.id)).mail_reference
    ascii_form = "t3@xn--bcher-kva.example"
    returned = read_report(bounce(recipient=ascii_form, to=ascii_form, message_id=f"<account.opened.1.{reference}@example.org>"))
    assert returned is not None
    assert await stop(database, returned, NOW) is Done.STOPPED


async def test_what_an_alert_told_of_before_it_began_anew_does_not_come_back(database: Database) -> None:
    person = await bounced(database)
    async with database.begin() as session:
        await session.execute(update(JobAlert).values(started_at=NOW + timedelta(days=30)))
        account = await session.get_one(Account, person.id)
        account.email_stopped = None
        await send_to_address(session, account, NOW + timedelta(days=60))
    async with database.read() as session:
        assert (await deliveries_of(session, person))[Channel.EMAIL].status is DeliveryStatus.SUPPRESSED


@pytest.mark.parametrize(
    ("status", "attempts", "goes"),
    [
        (DeliveryStatus.SUPPRESSED, 0, True),
        (DeliveryStatus.FAILED, 1, True),
        (DeliveryStatus.SUPPRESSED, 1, False),
        (DeliveryStatus.FAILED, 2, False),
        (DeliveryStatus.SENT, 1, False),
    ],
)
async def test_what_a_server_may_have_taken_before_it_hung_up_goes_no_second_time(
    database: Database, status: DeliveryStatus, attempts: int, goes: bool
) -> None:
    person = await subscriber(database)
    async with database.begin() as session:
        values = {"status": status, "attempts": attempts, "problem": "ADDRESS_REFUSED"}
        await session.execute(update(Delivery).where(Delivery.channel == Channel.EMAIL).values(**values))
        await send_to_address(session, await session.get_one(Account, person.id), NOW)
    async with database.read() as session:
        mail = (await deliveries_of(session, person))[Channel.EMAIL]
    assert (mail.status is DeliveryStatus.QUEUED) == goes


async def test_a_mail_that_is_on_its_way_when_a_report_comes_is_not_taken_for_held_back(database: Database) -> None:
    person = await subscriber(database)
    async with database.begin() as session:
        await session.execute(update(Delivery).where(Delivery.channel == Channel.EMAIL).values(mail_id=MAIL))
    returned = read_report(bounce())
    assert returned is not None
    assert await stop(database, returned, NOW) is Done.STOPPED
    async with database.read() as session:
        assert (await deliveries_of(session, person))[Channel.EMAIL].status is DeliveryStatus.QUEUED


async def test_what_waited_goes_once_the_address_is_good_again(database: Database) -> None:
    person = await bounced(database)
    async with database.begin() as session:
        await session.execute(delete(Deadline))
        account = await session.get_one(Account, person.id)
        account.email_stopped = None
        await send_to_address(session, account, NOW)
    async with database.read() as session:
        mail = (await deliveries_of(session, person))[Channel.EMAIL]
        planned = (await session.scalars(select(Deadline.kind).where(Deadline.subject == person.id))).all()
    assert (mail.status, mail.problem, mail.at, planned) == (DeliveryStatus.QUEUED, None, None, [DeadlineKind.LIVE_MAIL])


async def test_a_forged_bounce_that_names_no_mail_of_the_address_stops_nothing(database: Database) -> None:
    person = await subscriber(database)
    for forged in (bounce(message_id=f"<{uuid4()}@example.org>"), bounce(recipient="ada@example.org", to="ada@example.org")):
        returned = read_report(forged)
        assert returned is not None
        assert await stop(database, returned, NOW) is Done.UNKNOWN
    assert await problem(database, person) is None


async def test_a_complaint_stops_the_account_that_the_mail_went_to(database: Database) -> None:
    person = await subscriber(database)
    assert await stop(database, Returned(ReturnKind.COMPLAINT, reference=MAIL), NOW) is Done.STOPPED
    assert await problem(database, person) == "COMPLAINT_RECEIVED"


async def test_a_letter_about_an_account_is_known_by_a_reference_that_colleagues_cannot_know(database: Database) -> None:
    person = await subscriber(database)
    async with database.read() as session:
        reference = (await session.get_one(Account, person.id)).mail_reference
    forged = read_report(report("feedback-report", COMPLAINT, f"<account.confirm_email.7.{person.id}@example.org>"))
    assert forged == Returned(ReturnKind.COMPLAINT, reference=person.id)
    assert await stop(database, forged, NOW) is Done.UNKNOWN
    for_another = Returned(ReturnKind.BOUNCE, frozenset(("ada@example.org",)), reference)
    assert await stop(database, for_another, NOW) is Done.UNKNOWN
    said = read_report(report("feedback-report", COMPLAINT, f"<account.confirm_email.7.{reference}@example.org>"))
    assert said is not None
    assert await stop(database, said, NOW) is Done.STOPPED


async def test_an_address_that_nobody_has_is_told_of(database: Database) -> None:
    assert await stop(database, Returned(ReturnKind.BOUNCE, frozenset(("personne@example.org",))), NOW) is Done.UNKNOWN
