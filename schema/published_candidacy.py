"""Published candidacies in the API: the profile that authenticated employers see, and the person once the person has agreed."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from models.candidacy import Candidacy
from models.language import Language
from models.profile import Education, WorkMode
from models.snapshot import Snapshot
from resolvers import application_reading
from resolvers import candidacy as resolvers
from schema.codes import Country, LanguageLevel, LocalizedText, Occupation, Region, Skill
from schema.fields import Info, argument, doc, query
from schema.node import Node, global_id, loads
from schema.person import Person


@strawberry.type(
    description="What an authenticated employer sees of a candidacy: a profile, and who it is once the person agrees."
)
class PublishedCandidacy(Node):
    number: str = doc("Public, short, easy to say on the telephone.")
    title: LocalizedText = doc("The job or profession it is about.")
    summary: LocalizedText = doc("The profile in a few sentences.")
    experience: LocalizedText = doc("Work done before, and where.")
    occupations: list[Occupation] = doc("What the candidate can work as.")
    skills: list[Skill] = doc("What the candidate can do.")
    languages: list[LanguageLevel] = doc("Levels reached.")
    education: Education = doc("Highest level.")
    years_of_experience: int = doc("In the occupations above.")
    regions: list[Region] = doc("Where the candidate would work; none means anywhere.")
    available_from: date | None = doc("First day of work that is possible.")
    work_modes: list[WorkMode] = doc("Ways of working accepted; none means any.")
    country_of_residence: Country = doc("Where the candidate lives now.")
    published_at: datetime = doc("Since when it can be found.")
    publication_ends_on: date = doc("Last day, in Québec, on which it can be found.")
    person: Person | None = doc("Filled once the candidate has agreed to be in touch with the caller's employer.")

    @classmethod
    def of(cls, profile: resolvers.PublishedProfile, language: Language) -> Self:
        row = profile.candidacy
        assert row.published_at is not None  # or it would not be visible
        assert row.publication_ends_on is not None
        shown = (row.published_at, row.publication_ends_on)
        made = cls._made(row.id, row, shown, (profile.country_of_residence, language))
        made.person = Person.of(profile.person) if profile.person else None
        return made

    @classmethod
    def as_it_was(cls, sent: application_reading.Sent, language: Language) -> Self:
        """The snapshot of an application, under an id of its own: the candidacy may be another by now."""
        row = sent.snapshot
        shown = (row.published_at, row.publication_ends_on)
        made = cls._made(sent.application.id, row, shown, (row.country_of_residence, language))
        made.person = Person.of(sent.person) if sent.person else None
        return made

    @classmethod
    def _made(cls, key: UUID, row: Candidacy | Snapshot, shown: tuple[datetime, date], residence: tuple[str, Language]) -> Self:
        country, language = residence
        return cls(
            id=global_id("PublishedCandidacy", key),
            number=row.number,
            title=LocalizedText.of(row.title),
            summary=LocalizedText.of(row.summary),
            experience=LocalizedText.of(row.experience),
            occupations=[Occupation.of(code, language) for code in row.occupations],
            skills=[Skill.of(code, language) for code in row.skills],
            languages=LanguageLevel.each_of(row.languages),
            education=row.education,
            years_of_experience=row.years_of_experience,
            regions=[Region.of(code, language) for code in row.regions],
            available_from=row.available_from,
            work_modes=[WorkMode(mode) for mode in row.work_modes],
            country_of_residence=Country.of(country, language),
            published_at=shown[0],
            publication_ends_on=shown[1],
            person=None,
        )


@loads("PublishedCandidacy")
async def load_published_candidacy(info: Info, key: UUID) -> PublishedCandidacy | None:
    """As it is now, or as it was in an application of that key."""
    if (sent := await application_reading.known(info.context, key)) is not None:
        return PublishedCandidacy.as_it_was(sent, info.context.language)
    profile = await resolvers.opened(info.context, key)
    return PublishedCandidacy.of(profile, info.context.language) if profile else None


@strawberry.type
class PublishedCandidacyQuery:
    @query
    async def candidacy(
        self,
        info: Info,
        number: Annotated[str, argument("As typed: case, spaces and hyphens do not matter.")],
        purpose: Annotated[str | None, argument("Why it is opened, for the candidate to read; at most 500 characters.")] = None,
    ) -> PublishedCandidacy | None:
        """The published candidacy with that number, as typed. It is recorded as a consultation, which the candidate sees."""
        profile = await resolvers.consult(info.context, number, purpose)
        return PublishedCandidacy.of(profile, info.context.language) if profile else None
