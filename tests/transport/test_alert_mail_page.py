"""The page that a mail about candidacies leads to: it shows what the employer may see at that moment, and nothing of the rest."""

from datetime import timedelta
from uuid import uuid4

import httpx

from models.alert_mail import AlertMail
from models.candidacy import Candidacy
from models.hidden_employer import HiddenEmployer
from models.job_alert import JobAlertFrequency
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationKind
from models.profile import Education
from tests.conftest import Clock
from tests.notifications.rows import add_employer, add_member
from tests.search.rows import candidate_in
from tests.serving import Running
from tests.transport.test_page import get, last_part
from texts.catalogue import text

WELDER = {
    "title_fr": "Soudeuse <b>",
    "occupations": ["72106"],
    "skills": [],
    "languages": [],
    "education": Education.NONE,
    "years_of_experience": 2,
    "regions": [],
    "work_modes": [],
}


async def test_the_page_of_a_mail_about_candidacies_lists_them_while_they_may_be_seen(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        candidate = await candidate_in(session)
        employer = add_employer(session)
        member = add_member(session, employer)
        row = Candidacy(candidate_id=candidate.id, created_at=clock(), **WELDER)
        row.publish(clock(), clock().date() + timedelta(days=30))
        mail = AlertMail(id=uuid4(), person_id=member.id, frequency=JobAlertFrequency.LIVE, created_at=clock())
        session.add_all((row, mail))
        await session.flush()
        told = Notification(
            id=uuid4(),
            person_id=member.id,
            matched_candidacy_id=row.id,
            kind=NotificationKind.CANDIDACY_MATCHED,
            position=1,
            created_at=clock(),
        )
        session.add(told)
        await session.flush()
        session.add(Delivery(notification_id=told.id, channel=Channel.EMAIL, mail_id=mail.id, status=DeliveryStatus.SENT))
    path = last_part(own.service.links.alert_mail(mail.id))
    async with httpx.AsyncClient(base_url=own.url) as client:
        page = await get(client, path, "en")
        assert page.status_code == 200
        assert f'<li id="{row.number}">Soudeuse &lt;b&gt;<br>{row.number} · ' in page.text
        async with own.service.database.begin() as session:
            session.add(HiddenEmployer(candidate_id=candidate.id, neq=employer.neq, since=clock()))
        gone = await get(client, path, "en")
        assert (gone.status_code, row.number in gone.text) == (200, False)
        assert text("page.candidacies_mail.empty", "EN") in gone.text
