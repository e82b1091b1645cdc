"""How well an offer and a candidacy suit each other: nine criteria, each with its credit and what it was given for.

It is the same match from either side. It orders and explains, and rejects nobody. `models.match_clauses` says the same to
search engines; docs/matching.md says it to people."""

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from models.candidacy import Candidacy
from models.document_fields import described_languages
from models.job_offer import JobOffer
from models.profile import WorkMode


class MatchName(enum.StrEnum):
    OCCUPATION = "OCCUPATION"
    SKILLS = "SKILLS"
    LANGUAGES = "LANGUAGES"
    EDUCATION = "EDUCATION"
    EXPERIENCE = "EXPERIENCE"
    REGION = "REGION"
    WORK_MODE = "WORK_MODE"
    SALARY = "SALARY"
    AVAILABILITY = "AVAILABILITY"


class MatchOutcome(enum.StrEnum):
    MET = "MET"
    PARTLY_MET = "PARTLY_MET"
    UNMET = "UNMET"
    UNKNOWN = "UNKNOWN"


WEIGHTS: Final[Mapping[MatchName, int]] = {
    MatchName.OCCUPATION: 6,
    MatchName.SKILLS: 6,
    MatchName.LANGUAGES: 3,
    MatchName.EDUCATION: 2,
    MatchName.EXPERIENCE: 2,
    MatchName.REGION: 1,
    MatchName.WORK_MODE: 1,
    MatchName.SALARY: 2,
    MatchName.AVAILABILITY: 2,
}
"""The same for every pair: what is not asked for is met. What can be met in part, or be unknown, weighs at least 2."""
TOTAL: Final = sum(WEIGHTS.values())

GROUP: Final = 4
"""Digits of an occupation's code that name its group, and what the same group is worth."""
GROUP_CREDIT: Final = 3
ENOUGH_SKILLS: Final = 3
"""So many of the skills asked for are all that is wanted. It divides the weight of skills, as every smaller number does."""
SOME_LANGUAGES: Final = 1
"""The credit when some, not all, of the levels asked for are reached."""
PATIENCE: Final = 90
"""Who is available so many days after the offer ends is so in part: people move from abroad."""


def unknown_credit(name: MatchName) -> int:
    """A third, one at least: who says nothing stands behind who does, and before who says the contrary."""
    return max(1, WEIGHTS[name] // 3)


@dataclass(frozen=True)
class Criterion:
    """`reason` is the outcome, or why it could not be otherwise; `facts` are codes and values that the reason is told with.
    They name no person, nor the pay that a candidacy asks for, which employers are not shown."""

    name: MatchName
    outcome: MatchOutcome
    credit: int
    reason: str
    facts: Mapping[str, tuple[str, ...]]

    @property
    def weight(self) -> int:
        return WEIGHTS[self.name]


@dataclass(frozen=True)
class Match:
    criteria: tuple[Criterion, ...]

    @property
    def credits(self) -> int:
        """0 to TOTAL."""
        return sum(each.credit for each in self.criteria)

    @property
    def score(self) -> float:
        """0 to 1."""
        return self.credits / TOTAL


def match(offer: JobOffer, candidacy: Candidacy) -> Match:
    """What state either is in does not matter, nor the day: nothing is read but what they say."""
    return Match(
        (
            _occupation(offer, candidacy),
            _skills(offer, candidacy),
            _languages(offer, candidacy),
            _education(offer, candidacy),
            _experience(offer, candidacy),
            _region(offer, candidacy),
            _work_mode(offer, candidacy),
            _salary(offer, candidacy),
            _availability(offer, candidacy),
        )
    )


def _occupation(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    name, asked = MatchName.OCCUPATION, offer.occupation
    if not candidacy.occupations:
        return _unknown(name, asked=[asked])
    if asked in candidacy.occupations:
        return _judged(name, WEIGHTS[name], asked=[asked])
    group = any(each[:GROUP] == asked[:GROUP] for each in candidacy.occupations)
    return _judged(name, GROUP_CREDIT if group else 0, asked=[asked], stated=candidacy.occupations)


def _skills(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    name = MatchName.SKILLS
    if not offer.skills:
        return _met(name, "NOT_ASKED")
    if not candidacy.skills:
        return _unknown(name, asked=offer.skills)
    met = [each for each in offer.skills if each in candidacy.skills]
    missing = [each for each in offer.skills if each not in candidacy.skills]
    wanted = min(ENOUGH_SKILLS, len(offer.skills))
    credit = WEIGHTS[name] * min(len(met), wanted) // wanted
    if credit == WEIGHTS[name] and missing:
        return _met(name, "ENOUGH", met=met, missing=missing)
    return _judged(name, credit, met=met, missing=missing)


def _languages(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    name = MatchName.LANGUAGES
    if not offer.languages:
        return _met(name, "NOT_ASKED")
    if not candidacy.languages:
        return _unknown(name, asked=offer.languages)
    reached = described_languages(candidacy.languages)["languages"]
    met = [each for each in offer.languages if each in reached]
    missing = [each for each in offer.languages if each not in reached]
    credit = WEIGHTS[name] if not missing else SOME_LANGUAGES if met else 0
    return _judged(name, credit, met=met, missing=missing, stated=candidacy.languages)


def _education(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    """Two for the level asked for, one for the level below it."""
    name, short = MatchName.EDUCATION, offer.education.rank - candidacy.education.rank
    if not offer.education.rank:
        return _met(name, "NOT_ASKED")
    credit = WEIGHTS[name] if short <= 0 else 1 if short == 1 else 0
    return _judged(name, credit, asked=[offer.education], stated=[candidacy.education])


def _experience(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    """Two for the years asked for, one for half of them."""
    name, asked, years = MatchName.EXPERIENCE, offer.years_of_experience, candidacy.years_of_experience
    if not asked:
        return _met(name, "NOT_ASKED")
    credit = WEIGHTS[name] if years >= asked else 1 if 2 * years >= asked else 0
    return _judged(name, credit, asked=[str(asked)], stated=[str(years)])


def _region(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    name = MatchName.REGION
    if offer.work_mode is WorkMode.REMOTE:
        return _met(name, "REMOTE")
    if not candidacy.regions:
        return _met(name, "ANY", asked=[offer.region])
    credit = WEIGHTS[name] if offer.region in candidacy.regions else 0
    return _judged(name, credit, asked=[offer.region], stated=candidacy.regions)


def _work_mode(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    name, asked = MatchName.WORK_MODE, offer.work_mode
    if not candidacy.work_modes:
        return _met(name, "ANY", asked=[asked])
    credit = WEIGHTS[name] if asked in candidacy.work_modes else 0
    return _judged(name, credit, asked=[asked], stated=candidacy.work_modes)


def _salary(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    name, least = MatchName.SALARY, candidacy.minimum_salary
    if least is None:
        return _met(name, "NOT_ASKED")
    if offer.salary is None:
        return _unknown(name)
    pay = offer.salary.annual_maximum
    return _judged(name, WEIGHTS[name] if pay >= least else 0, offered=[str(pay)])


def _availability(offer: JobOffer, candidacy: Candidacy) -> Criterion:
    """Two by the day the offer ends on, one within some months of it."""
    name, wanted, available = MatchName.AVAILABILITY, offer.ends_on, candidacy.available_from
    if wanted is None:
        return _met(name, "NOT_ASKED")
    if available is None:
        return _unknown(name, asked=[str(wanted)])
    credit = WEIGHTS[name] if available <= wanted else 1 if (available - wanted).days <= PATIENCE else 0
    return _judged(name, credit, asked=[str(wanted)], stated=[str(available)])


def _judged(name: MatchName, credit: int, **facts: Collection[str]) -> Criterion:
    met, partly = credit == WEIGHTS[name], credit > 0
    outcome = MatchOutcome.MET if met else MatchOutcome.PARTLY_MET if partly else MatchOutcome.UNMET
    return _criterion(name, outcome, credit, outcome, facts)


def _met(name: MatchName, reason: str, **facts: Collection[str]) -> Criterion:
    return _criterion(name, MatchOutcome.MET, WEIGHTS[name], reason, facts)


def _unknown(name: MatchName, **facts: Collection[str]) -> Criterion:
    return _criterion(name, MatchOutcome.UNKNOWN, unknown_credit(name), MatchOutcome.UNKNOWN, facts)


def _criterion(
    name: MatchName, outcome: MatchOutcome, credit: int, reason: str, facts: Mapping[str, Collection[str]]
) -> Criterion:
    return Criterion(name, outcome, credit, reason, {key: tuple(values) for key, values in facts.items()})
