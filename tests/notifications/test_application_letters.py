"""What the mails about applications say, in both languages: to candidates where an application stands and why, to members of an
employer what came of those to it. None to an employer says who a candidate is."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest

from models.application import ApplicationStatus, DeclineReason
from models.application_transition import ServiceReason
from models.language import Language
from tests.conftest import Clock
from tests.notifications.application_rows import REASON, STATUS, Office, open_office
from tests.service import EMBEDDED, open_service
from texts.catalogue import text

FR, EN = Language.FR, Language.EN


@pytest.fixture
async def offices(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[dict[Language, Office]]:
    """One service, and people of each language. What is written is the same on every database."""
    async with open_service(sqlite_url, EMBEDDED, tmp_path, clock) as service:
        yield {each: await open_office(service, clock, each) for each in Language}


def says(mail: str, *parts: str) -> None:
    missing = [each for each in parts if each.replace("\N{NO-BREAK SPACE}", " ") not in mail.replace("\N{NO-BREAK SPACE}", " ")]
    assert not missing, mail


SUBMITTED = {
    EN: (
        "Your application has been sent: Welder |",
        "Hello Amélie,",
        "Fonderie du Fjord has received your application for “Welder”.",
        "Position: Welder Employer: Fonderie du Fjord Offer number: ",
        "See the offer: https://placement.example.org/job-offers/",
    ),
    FR: (
        "Votre demande d’emploi est envoyée : Soudeuse ou soudeur |",
        "Bonjour Amélie,",
        "Fonderie du Fjord a reçu votre demande d’emploi pour « Soudeuse ou soudeur ».",
        "Poste : Soudeuse ou soudeur Employeur : Fonderie du Fjord Numéro de l’offre : ",
        "Voir l’offre : https://placement.example.org/job-offers/",
    ),
}
STEPS: Mapping[ApplicationStatus, Mapping[Language, Sequence[str]]] = {
    STATUS.UNDER_REVIEW: {
        EN: ("Your application is under review: Welder |", "Fonderie du Fjord is studying your application for “Welder”."),
        FR: (
            "Votre demande d’emploi est à l’étude : Soudeuse",
            "Fonderie du Fjord étudie votre demande d’emploi pour « Soudeuse",
        ),
    },
    STATUS.INTERVIEW: {
        EN: (
            "You are invited to an interview: Welder |",
            "would like to interview you",
            "Message from the employer: Mardi, 9 h.",
        ),
        FR: ("Invitation à une entrevue : Soudeuse", "souhaite vous rencontrer", "Message de l’employeur : Mardi, 9 h."),
    },
    STATUS.OFFERED: {
        EN: ("You are offered the job: Welder |", "Fonderie du Fjord offers you the job “Welder”."),
        FR: ("Le poste vous est offert : Soudeuse", "Fonderie du Fjord vous offre le poste « Soudeuse ou soudeur »."),
    },
    STATUS.HIRED: {
        EN: ("You are hired: Welder |", "Fonderie du Fjord tells us that you are hired for “Welder”."),
        FR: ("Le poste est à vous : Soudeuse", "Fonderie du Fjord nous apprend votre embauche pour « Soudeuse ou soudeur »."),
    },
}


async def test_a_candidate_reads_every_step_of_an_application_in_the_language_of_the_account(
    offices: dict[Language, Office], clock: Clock
) -> None:
    applications = {language: await office.apply() for language, office in offices.items()}
    await offices[EN].later(minutes=5)
    for language, office in offices.items():
        says(office.last_to(office.person), *SUBMITTED[language])
    for status, expected in STEPS.items():
        for language, office in offices.items():
            await office.step(applications[language], status, "Mardi, 9 h." if status is STATUS.INTERVIEW else None)
        await offices[EN].later(minutes=5)
        for language, office in offices.items():
            says(office.last_to(office.person), *expected[language])


async def test_a_decline_says_why_in_a_courteous_sentence_and_what_the_employer_wrote(offices: dict[Language, Office]) -> None:
    for office in offices.values():
        for reason in DeclineReason:
            application = await office.apply(await office.post_offer(title_en=f"Offer {reason}"))
            said = {"decline_reason": reason, "decline_message": f"De notre part : {reason}."}
            await office.step(application, STATUS.DECLINED, reason, **said)
    await offices[EN].later(minutes=5)
    for language, office in offices.items():
        why = [text(f"application.declined.{reason}", language) for reason in DeclineReason]
        assert len(set(why)) == len(DeclineReason)
        assert all(each.startswith(("Thank you", "Merci")) for each in why)
        says(office.last_to(office.person), *why, *(f"De notre part : {reason}." for reason in DeclineReason))


async def test_one_decline_is_an_answer(offices: dict[Language, Office]) -> None:
    office = offices[FR]
    await office.step(await office.apply(), STATUS.DECLINED, "LANGUAGE", decline_reason="LANGUAGE")
    assert "candidate: Réponse à votre demande d’emploi : Soudeuse ou soudeur" in await office.news()
    mail = office.last_to(office.person)
    says(mail, "Fonderie du Fjord a répondu à votre demande d’emploi", text("application.declined.LANGUAGE", FR))
    says(mail, "D’autres offres peuvent vous convenir")
    assert "LANGUAGE" not in mail
    assert "Message de l’employeur" not in mail


async def test_what_the_service_ends_says_why_and_to_the_employer_only_what_is_not_the_candidates(
    offices: dict[Language, Office],
) -> None:
    ends = {REASON.OFFER_CLOSED: STATUS.CLOSED, REASON.OFFER_REMOVED: STATUS.CLOSED}
    ends |= {REASON.CANDIDACY_WITHDRAWN: STATUS.WITHDRAWN, REASON.FILE_ENDED: STATUS.WITHDRAWN}
    for office in offices.values():
        for reason, status in ends.items():
            await office.step(await office.apply(await office.post_offer()), status, reason)
    await offices[EN].later(minutes=5)
    for language, office in offices.items():
        to_candidate, to_member = office.last_to(office.person), office.last_to(office.publisher)
        for reason in ServiceReason:
            said = text(f"application.ended.{reason}", language)
            says(to_candidate, said)
            assert (said in to_member) == (ends[reason] is STATUS.CLOSED)


WAY_BACK = {
    EN: "If you think that this is a mistake, write to us.",
    FR: "Si vous pensez qu’il s’agit d’une erreur, écrivez-nous.",
}


async def test_who_did_not_withdraw_an_application_is_told_where_to_turn(offices: dict[Language, Office]) -> None:
    for office in offices.values():
        await office.step(await office.apply(), STATUS.WITHDRAWN, REASON.FILE_ENDED)
    await offices[EN].later(minutes=5)
    for language, office in offices.items():
        says(office.last_to(office.person), text("application.ended.FILE_ENDED", language), WAY_BACK[language])


TO_MEMBERS = {
    EN: (
        "New application for “Welder”: candidacy {number} | Hello Émile Roy,",
        "Somebody has applied for “Welder” with candidacy {number}.",
        "Candidacy: Experienced welder Number: {number} Position: Welder Offer number: {offer}",
    ),
    FR: (
        "Nouvelle demande d’emploi pour « Soudeuse ou soudeur » : candidature {number} | Bonjour Émile Roy,",
        "Une personne postule pour « Soudeuse ou soudeur » avec la candidature {number}.",
        "Candidature : Soudeuse d’expérience Numéro : {number} Poste : Soudeuse ou soudeur Numéro de l’offre : {offer}",
    ),
}
ENDS_TO_MEMBERS = {
    EN: (
        ("Application withdrawn for “Welder”: candidacy", "has been withdrawn. If the person has said why"),
        ("Application closed for “Welder”: candidacy", "is closed. The employer has closed its offer."),
    ),
    FR: (
        (
            "Demande d’emploi retirée pour « Soudeuse ou soudeur » : candidature",
            "a été retirée. Si la personne en a dit la raison",
        ),
        ("Demande d’emploi close pour « Soudeuse ou soudeur » : candidature", "est close. L’employeur a fermé son offre."),
    ),
}


async def test_a_member_reads_which_candidacy_came_for_which_offer_and_what_became_of_it_and_never_who_it_is(
    offices: dict[Language, Office],
) -> None:
    service = offices[EN].service
    first = {language: await office.apply() for language, office in offices.items()}
    await offices[EN].later(minutes=5)
    for language, office in offices.items():
        facts = {"number": office.candidacy.number, "offer": office.offer.number}
        says(office.last_to(office.publisher), *(each.format(**facts) for each in TO_MEMBERS[language]))
        await office.step(first[language], STATUS.WITHDRAWN, "C’est Amélie, je déménage.")
    await offices[EN].later(minutes=5)
    for language, office in offices.items():
        says(office.last_to(office.publisher), *ENDS_TO_MEMBERS[language][0])
        await office.step(await office.apply(), STATUS.CLOSED, REASON.OFFER_CLOSED)
    await offices[EN].later(minutes=5)
    for language, office in offices.items():
        says(office.last_to(office.publisher), *ENDS_TO_MEMBERS[language][1])
    read = [office.who(mail) for office in offices.values() for mail in service.letters()]
    assert read.count("publisher") == 6
    for office in offices.values():
        for mail in service.letters():
            if office.who(mail) == "publisher":
                written = "".join(str(part.get_content()) for part in mail.iter_parts()) + str(mail["Subject"]) + str(mail["To"])
                assert not [each for each in ("Amélie", "N’Diaye", office.person.email, "déménage") if each in written]


async def test_several_applications_are_one_list_with_what_there_is_to_say_of_each(offices: dict[Language, Office]) -> None:
    office = offices[EN]
    first = await office.apply()
    await office.apply(await office.post_offer(title_en="Cook <b>"))
    await office.step(first, STATUS.UNDER_REVIEW)
    await office.step(first, STATUS.INTERVIEW, "Tuesday, 9 a.m.")
    await office.later(minutes=5)
    mail = next(each for each in office.service.letters() if office.who(each) == "candidate")
    says(
        office.last_to(office.person),
        "News of 2 of your applications | Hello Amélie, Here is where several of your applications stand.",
        "Welder Fonderie du Fjord would like to interview you for “Welder”. Employer: Fonderie du Fjord Offer number: ",
        "Message from the employer: Tuesday, 9 a.m. https://placement.example.org/job-offers/",
        "Cook <b> Fonderie du Fjord has received your application for “Cook <b>”.",
        "You can read all about them in your account.",
    )
    page = mail.get_body(("html",))
    assert page is not None
    html = str(page.get_content())
    assert html.count('<h2 style="margin: 24px 0 4px; font-size: 17px; line-height: 1.3;"><a class="link" href="https://') == 2
    assert "Cook &lt;b&gt;</a>" in html


async def test_a_list_for_a_member_links_to_nothing(offices: dict[Language, Office]) -> None:
    office = offices[EN]
    for offer in (office.offer, await office.post_offer(title_en="Cook")):
        await office.apply(offer)
    await office.later(minutes=5)
    mail = next(each for each in office.service.letters() if office.who(each) == "publisher")
    page = mail.get_body(("html",))
    assert page is not None
    assert str(page.get_content()).count('line-height: 1.3;">Experienced welder</h2>') == 2
    assert "http" not in office.last_to(office.publisher)
