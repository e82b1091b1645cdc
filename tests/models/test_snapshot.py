"""A snapshot is what the candidacy was, in a form that is read for good, whatever candidacies and newer forms are like."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from models.application import Application
from models.candidacy import Candidacy, CandidacyStatus
from models.language import LocalizedText
from models.profile import Education
from models.snapshot import READERS, VERSION, Snapshot, read_snapshot, take_snapshot

KEPT = """{"version": 1, "number": "BCDF-2345",
    "title": {"fr": "Luthière", "en": null}, "summary": {"fr": null, "en": null}, "experience": {"fr": null, "en": "Ten years."},
    "occupations": ["51122"], "skills": ["tuning"], "languages": ["fr:ORAL_PRODUCTION:9"], "regions": ["06"],
    "work_modes": ["ON_SITE"], "education": "BACHELOR", "years_of_experience": 10, "available_from": "2026-06-01",
    "country_of_residence": "MA", "published_at": "2026-03-01T12:00:00+00:00", "publication_ends_on": "2026-05-31"}"""
"""As version 1 kept it. It stays as it is: what was kept once has to be read."""
READ = Snapshot(
    number="BCDF-2345",
    title=LocalizedText(fr="Luthière"),
    summary=LocalizedText(),
    experience=LocalizedText(en="Ten years."),
    occupations=["51122"],
    skills=["tuning"],
    languages=["fr:ORAL_PRODUCTION:9"],
    education=Education.BACHELOR,
    years_of_experience=10,
    regions=["06"],
    work_modes=["ON_SITE"],
    available_from=date(2026, 6, 1),
    country_of_residence="MA",
    published_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    publication_ends_on=date(2026, 5, 31),
)
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def candidacy(status: CandidacyStatus = CandidacyStatus.PUBLISHED) -> Candidacy:
    row = Candidacy(id=uuid4(), number="BCDF-2345", status=status, title_fr="Luthière", experience_en="Ten years.")
    row.occupations, row.skills, row.languages, row.regions = ["51122"], ["tuning"], ["fr:ORAL_PRODUCTION:9"], ["06"]
    row.work_modes, row.education, row.years_of_experience = ["ON_SITE"], Education.BACHELOR, 10
    row.available_from, row.minimum_salary = date(2026, 6, 1), 60_000
    row.published_at, row.publication_ends_on = datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 5, 31)
    return row


def test_what_the_first_form_kept_is_read() -> None:
    assert read_snapshot(json.loads(KEPT)) == READ


@pytest.mark.parametrize("anonymous", [True, False])
def test_what_is_kept_now_is_read_alike(anonymous: bool) -> None:
    kept = take_snapshot(candidacy(), "MA", NOW, anonymous=anonymous)
    assert (kept["version"], read_snapshot(json.loads(json.dumps(kept)))) == (VERSION, replace(READ, anonymous=anonymous))


def test_it_can_be_read_without_what_the_person_wrote() -> None:
    bare = READ.without_texts()
    assert (bare.title, bare.summary, bare.experience) == (LocalizedText(),) * 3
    assert (bare.occupations, bare.number) == (READ.occupations, READ.number)


def test_it_holds_nothing_that_employers_do_not_read() -> None:
    assert "60000" not in json.dumps(take_snapshot(candidacy(), "MA", NOW, anonymous=True))


def test_it_does_not_change_with_the_candidacy() -> None:
    row = candidacy()
    kept = take_snapshot(row, "MA", NOW, anonymous=True)
    row.title_fr, row.years_of_experience = "Pianiste", 11
    row.occupations.append("31301")
    assert read_snapshot(kept) == replace(READ, anonymous=True)


def test_what_is_not_published_says_when_it_was_sent() -> None:
    found = read_snapshot(take_snapshot(candidacy(CandidacyStatus.WITHDRAWN), "MA", NOW, anonymous=True))
    assert (found.published_at, found.publication_ends_on) == (NOW, date(2026, 3, 15))


def test_there_is_a_reader_for_every_form() -> None:
    assert list(READERS) == list(range(1, VERSION + 1))
    with pytest.raises(KeyError):
        read_snapshot({"version": VERSION + 1})


def test_an_application_keeps_its_first() -> None:
    row = Application(snapshot={"version": 1})
    with pytest.raises(ValueError, match="does not change"):
        row.snapshot = {"version": 1, "number": "other"}
