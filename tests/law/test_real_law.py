"""The law over real postings and profiles, asked for by words of their own. On each pair of database and engine."""

from collections.abc import Iterator
from contextlib import suppress
from random import Random
from typing import TypeVar

from errors import Invalid
from models.candidacy_criteria import CandidacyCriteria
from models.criteria_checks import check_candidacy_criteria, check_job_offer_criteria
from models.job_offer_criteria import JobOfferCriteria
from tests.law import generated, generated_candidacies, real, test_candidacy_law, test_law
from tests.law.conftest import CRITERIA, EXAMPLES
from tests.law.test_candidacy_law import Court as CandidacyCourt
from tests.law.test_law import EMPLOYERS, Court

candidacy_court, court = test_candidacy_law.court, test_law.court
"""The courts of the two laws."""
T = TypeVar("T")


def offer_criteria(random: Random, texts: list[str]) -> Iterator[JobOfferCriteria]:
    while True:
        wanted = real.asking(random, generated.criteria(random, EMPLOYERS), texts)
        with suppress(Invalid):  # such as words that say nothing
            check_job_offer_criteria(wanted)
            yield wanted


def candidacy_criteria(random: Random, texts: list[str]) -> Iterator[CandidacyCriteria]:
    while True:
        wanted = real.asking(random, generated_candidacies.criteria(random), texts)
        with suppress(Invalid):
            check_candidacy_criteria(wanted)
            yield wanted


def some(of: Iterator[T], count: int) -> list[T]:
    return [next(of) for _ in range(count)]


async def test_real_postings_are_found_and_told_of_as_they_match(court: Court) -> None:
    random = Random(20260316)
    published = real.offers(random, generated.offer)
    texts = [text for each in published for name, text in each.items() if name.startswith(("title", "description")) and text]
    for _ in range(max(1, EXAMPLES // 8)):
        try:
            await court.agree(published, some(offer_criteria(random, texts), CRITERIA))
        finally:
            await court.forget()
    assert court.pairs[True] > 200


async def test_real_profiles_are_found_as_they_match(candidacy_court: CandidacyCourt) -> None:
    random = Random(20260316)
    published = real.candidacies(random, generated_candidacies.candidacy)
    texts = [text for each in published for name, text in each.items() if name in ("title_en", "experience_en") and text]
    for _ in range(max(1, EXAMPLES // 2)):
        try:
            await candidacy_court.agree(published, some(candidacy_criteria(random, texts), CRITERIA))
        finally:
            await candidacy_court.forget()
    assert candidacy_court.pairs[True] > 200
