"""Synthetic candidacies, offers and alerts for demonstrations and measurements: invented, bilingual, coherent, repeatable.

The same seed gives the same objects, and the one at a place does not depend on how many are made. Stores nothing.
"""

from collections.abc import Iterator

from commands.demo.candidacy import candidacy
from commands.demo.employer import employers
from commands.demo.job_alert import job_alert
from commands.demo.job_offer import job_offer
from commands.demo.objects import (
    SyntheticCandidacy,
    SyntheticEmployer,
    SyntheticJobAlert,
    SyntheticJobOffer,
    SyntheticPerson,
)

__all__ = [
    "SyntheticCandidacy",
    "SyntheticEmployer",
    "SyntheticJobAlert",
    "SyntheticJobOffer",
    "SyntheticPerson",
    "candidacies",
    "employers",
    "job_alerts",
    "job_offers",
]


def candidacies(count: int, random_seed: int) -> Iterator[SyntheticCandidacy]:
    return (candidacy(random_seed, index) for index in range(count))


def job_offers(count: int, random_seed: int) -> Iterator[SyntheticJobOffer]:
    """Offers of the employers that `employers()` lists."""
    return (job_offer(random_seed, index) for index in range(count))


def job_alerts(count: int, random_seed: int) -> Iterator[SyntheticJobAlert]:
    """None of them matches everything."""
    return (job_alert(random_seed, index) for index in range(count))
