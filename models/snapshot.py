"""The candidacy as it was when somebody applied with it: kept as JSON of a numbered form, and read whatever becomes of
candidacies and of that form. It holds what an employer reads of a candidacy, and not who the person is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from models.calendar import quebec_day
from models.candidacy import Candidacy
from models.language import LocalizedText
from models.profile import Education

VERSION = 2
"""Of the form in which new ones are kept. A form that was kept once is read for good."""
TEXTS = ("title", "summary", "experience")
LISTS = ("occupations", "skills", "languages", "regions", "work_modes")


@dataclass(frozen=True)
class Snapshot:
    """In the names of models.candidacy. `published_at` and `publication_ends_on` of a candidacy that was not published are when
    it was sent: then the employer could read it. `anonymous` where its texts were looked through and give nobody away."""

    number: str
    title: LocalizedText
    summary: LocalizedText
    experience: LocalizedText
    occupations: list[str]
    skills: list[str]
    languages: list[str]
    education: Education
    years_of_experience: int
    regions: list[str]
    work_modes: list[str]
    available_from: date | None
    country_of_residence: str
    published_at: datetime
    publication_ends_on: date
    anonymous: bool = False

    def without_texts(self) -> "Snapshot":
        """For whoever may know no more who the person is."""
        return replace(self, title=LocalizedText(), summary=LocalizedText(), experience=LocalizedText())


def take_snapshot(row: Candidacy, country_of_residence: str, now: datetime, *, anonymous: bool) -> dict[str, Any]:
    """Of a candidacy as it is now, in the newest form. `anonymous` says that models.candidacy_traces finds nothing in it."""
    found = row.visible_on(quebec_day(now))
    published_at = row.published_at if found and row.published_at else now
    ends_on = row.publication_ends_on if found and row.publication_ends_on else quebec_day(now)
    return {
        "version": VERSION,
        "number": row.number,
        **{name: {"fr": getattr(row, f"{name}_fr"), "en": getattr(row, f"{name}_en")} for name in TEXTS},
        **{name: list(getattr(row, name)) for name in LISTS},
        "education": row.education.value,
        "years_of_experience": row.years_of_experience,
        "available_from": row.available_from.isoformat() if row.available_from else None,
        "country_of_residence": country_of_residence,
        "published_at": published_at.isoformat(),
        "publication_ends_on": ends_on.isoformat(),
        "anonymous": anonymous,
    }


def read_snapshot(kept: Mapping[str, Any]) -> Snapshot:
    """Raises KeyError for a form that was never kept."""
    return READERS[kept["version"]](kept)


def _first_form(kept: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        number=kept["number"],
        title=LocalizedText(**kept["title"]),
        summary=LocalizedText(**kept["summary"]),
        experience=LocalizedText(**kept["experience"]),
        occupations=kept["occupations"],
        skills=kept["skills"],
        languages=kept["languages"],
        education=Education(kept["education"]),
        years_of_experience=kept["years_of_experience"],
        regions=kept["regions"],
        work_modes=kept["work_modes"],
        available_from=date.fromisoformat(kept["available_from"]) if kept["available_from"] else None,
        country_of_residence=kept["country_of_residence"],
        published_at=datetime.fromisoformat(kept["published_at"]),
        publication_ends_on=date.fromisoformat(kept["publication_ends_on"]),
    )


def _second_form(kept: Mapping[str, Any]) -> Snapshot:
    return replace(_first_form(kept), anonymous=kept["anonymous"])


READERS: Mapping[int, Callable[[Mapping[str, Any]], Snapshot]] = {1: _first_form, 2: _second_form}
