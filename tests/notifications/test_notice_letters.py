"""What a notice says is true on the day on which it goes out, and exact on the clocks of the person and of Québec."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from models.calendar import QUEBEC
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.language import Language
from models.notification import NotificationKind
from models.residence import TIME_TO_WITHDRAW
from models.residence_case import Residence, ResidenceCase, ResidenceEvent, ResidenceSource, ResidenceStep
from notifications.letters import Letter
from notifications.notice_letters import CASE_LETTERS, Reader, publication_notice
from texts.catalogue import CATALOGUES

ENDS_ON = date(2026, 6, 1)
LAST_MOMENT = datetime(2026, 6, 2, 3, 59, tzinfo=UTC)
"""Of that day, in Québec."""
MIDNIGHT = LAST_MOMENT + timedelta(minutes=1)
NOTICE = NotificationKind.RESIDENCE_NOTICE


def reader(language: Language = Language.EN, now: datetime = LAST_MOMENT, zone: str = "Africa/Casablanca") -> Reader:
    return Reader(language, "Amina", ZoneInfo(zone), now)


def publication(of: Reader, expires_on: date = date(2028, 6, 1), residence: Residence = Residence.ABROAD) -> Letter:
    row = Candidacy(id=uuid4(), number="BCDF-2345", title_fr="Soudeuse", title_en="Welder", publication_ends_on=ENDS_ON)
    file = Candidate(certificate_expires_on=expires_on, residence=residence)
    return publication_notice(of, NotificationKind.PUBLICATION_ENDING, file, row)


def case(
    opened_at: datetime, source: ResidenceSource = ResidenceSource.DECLARED, residence: Residence = Residence.QUEBEC
) -> ResidenceCase:
    return ResidenceCase(residence=residence, source=source, opened_at=opened_at, deadline_at=opened_at + TIME_TO_WITHDRAW)


def events(*steps: ResidenceStep, reason: str | None = None) -> list[ResidenceEvent]:
    return [ResidenceEvent(at=LAST_MOMENT, step=step, reason=reason) for step in steps]


def said(letter: Letter) -> list[str]:
    details = [part for detail in letter.details for part in detail]
    return [letter.subject, letter.greeting, *letter.paragraphs, *details, *letter.closing]


@pytest.mark.parametrize(
    ("language", "ends", "ended"),
    [
        (Language.EN, "ends on June 1, 2026", "ended on June 1, 2026"),
        (Language.FR, "prend fin le 1er juin 2026", "a pris fin le 1er juin 2026"),
    ],
)
def test_it_ends_today_until_midnight_in_quebec_and_has_ended_from_then_on(language: Language, ends: str, ended: str) -> None:
    assert ends in publication(reader(language, LAST_MOMENT)).paragraphs[0]
    assert ended in publication(reader(language, MIDNIGHT)).paragraphs[0]


def test_it_can_be_published_again_from_the_day_after() -> None:
    assert "on or after June 2, 2026" in publication(reader(), expires_on=ENDS_ON + timedelta(days=1)).paragraphs[1]


@pytest.mark.parametrize(
    ("language", "expires", "expired"),
    [
        (Language.EN, "expires on June 1, 2026", "expired on June 1, 2026"),
        (Language.FR, "expire le 1er juin 2026", "a expiré le 1er juin 2026"),
    ],
)
def test_a_certificate_that_ends_too_expires_or_has_expired(language: Language, expires: str, expired: str) -> None:
    assert expires in publication(reader(language, LAST_MOMENT), expires_on=ENDS_ON).paragraphs[1]
    assert expired in publication(reader(language, MIDNIGHT), expires_on=ENDS_ON).paragraphs[1]


def test_a_certificate_that_expired_before_a_late_notice_has_expired() -> None:
    late = reader(now=MIDNIGHT + timedelta(days=10))
    assert "expired on June 5, 2026" in publication(late, expires_on=date(2026, 6, 5)).paragraphs[1]
    assert "publish it again" in publication(late, expires_on=date(2026, 6, 12)).paragraphs[1]


def test_who_lives_in_canada_is_not_invited_to_publish_again() -> None:
    for residence in (Residence.QUEBEC, Residence.CANADA):
        for now in (LAST_MOMENT, MIDNIGHT):
            told = publication(reader(now=now), residence=residence).paragraphs
            assert "for people who live outside Canada" in told[1]
            assert not any("again" in each for each in told)


@pytest.mark.parametrize(
    ("opened_at", "zone", "quebec", "theirs"),
    [
        (
            datetime(2026, 10, 31, 15, 30, tzinfo=UTC),
            "Africa/Casablanca",
            "2 novembre 2026 à 10 h 30 HNE",
            "2 novembre 2026 à 16 h 30 +0100",
        ),
        (datetime(2027, 3, 13, 15, 30, tzinfo=UTC), "Asia/Kolkata", "15 mars 2027 à 11 h 30 HAE", "15 mars 2027 à 21 h 00 +0530"),
        (
            datetime(2026, 10, 23, 23, 30, tzinfo=UTC),
            "Europe/Paris",
            "25 octobre 2026 à 19 h 30 HAE",
            "26 octobre 2026 à 0 h 30 +0100",
        ),
        (
            datetime(2026, 6, 29, 16, 5, tzinfo=UTC),
            "Pacific/Kiritimati",
            "1er juillet 2026 à 12 h 05 HAE",
            "2 juillet 2026 à 6 h 05 +1400",
        ),
    ],
)
def test_the_deadline_is_exact_on_both_clocks_and_names_them(opened_at: datetime, zone: str, quebec: str, theirs: str) -> None:
    letter = CASE_LETTERS[NOTICE](reader(Language.FR, opened_at, zone), case(opened_at), events(ResidenceStep.OPENED))
    told = {label: value.replace("\N{NO-BREAK SPACE}", " ") for label, value in letter.details[:2]}
    assert told == {"Retirer avant (heure du Québec)": quebec, f"Retirer avant ({zone})": theirs}


def test_what_an_agent_found_the_service_mends_and_no_declaration() -> None:
    for kind in (NOTICE, NotificationKind.RESIDENCE_SETTLED):
        by_agent, declared = (
            said(CASE_LETTERS[kind](reader(), case(LAST_MOMENT, source), events(ResidenceStep.OPENED)))
            for source in (ResidenceSource.AGENT, ResidenceSource.DECLARED)
        )
        assert "Online Placement" in by_agent
        assert not any("declare it in your account" in each for each in by_agent)
        assert any("declare it in your account" in each for each in declared)


def test_a_file_that_was_deactivated_is_opened_again_by_the_service() -> None:
    letter = CASE_LETTERS[NotificationKind.FILE_DEACTIVATED](reader(), case(LAST_MOMENT), events(*ResidenceStep))
    assert ("E-mail", "aide@example.org") in letter.details


def test_the_reason_is_that_of_the_step_which_the_letter_is_about() -> None:
    steps = events(ResidenceStep.OPENED, reason="first") + events(ResidenceStep.FOUND_AGAIN, reason="second")
    steps += events(ResidenceStep.REOPENED, reason="third") + events(ResidenceStep.FOUND_AGAIN, reason="fourth")
    reopened = CASE_LETTERS[NotificationKind.FILE_REOPENED](reader(), case(LAST_MOMENT), steps)
    assert "Reason given: third" in reopened.paragraphs
    opened = CASE_LETTERS[NOTICE](reader(), case(LAST_MOMENT, ResidenceSource.AGENT), steps[:2])
    assert "Reason given: second" in opened.paragraphs


def every_letter() -> Iterator[Letter]:
    for language in Language:
        for now in (LAST_MOMENT, MIDNIGHT):
            for expires_on in (ENDS_ON, date(2028, 6, 1)):
                for residence in Residence:
                    yield publication(reader(language, now), expires_on, residence)
        for write in CASE_LETTERS.values():
            for source in ResidenceSource:
                for residence in (Residence.QUEBEC, Residence.CANADA):
                    for steps in (events(ResidenceStep.OPENED), events(*ResidenceStep, reason="Vu à Laval.")):
                        yield write(reader(language), case(LAST_MOMENT, source, residence), steps)


def test_no_part_of_a_letter_is_empty_or_unfilled() -> None:
    for letter in every_letter():
        assert all(each.strip() and "{" not in each for each in said(letter)), letter
        assert letter.unsubscribe == (), "nobody can decline it"


def test_no_line_of_a_french_notice_ends_before_a_colon_or_inside_quotation_marks() -> None:
    notices = {
        key: each for key, each in CATALOGUES["FR"].items() if key.startswith(("mail.ending", "mail.ended", "mail.residence"))
    }
    assert {key for key, each in notices.items() if " :" in each or "« " in each or " »" in each} == set()


def test_the_clocks_of_quebec_are_those_of_toronto() -> None:
    assert QUEBEC.key == "America/Toronto"
