"""What a job offer must say before anybody can find it."""

from typing import Any
from uuid import uuid4

import pytest

from errors import Invalid
from models.job_offer import JobOffer, JobOfferStatus
from tests.conftest import NOW
from tests.models.job_offer_cases import PLAIN

NOTHING: dict[str, Any] = {
    "title_fr": None,
    "description_fr": "\n\u200b",
    "occupation": "",
    "region": "",
    "openings": 0,
    "accepts_online_applications": False,
    "how_to_apply_fr": " ",
    "posted_by_agency": True,
}


def draft(**changes: Any) -> JobOffer:
    return JobOffer(id=uuid4(), status=JobOfferStatus.DRAFT, **{**PLAIN, **changes})


def test_all_that_is_missing_is_told_at_once_and_nothing_is_published() -> None:
    row = draft(**NOTHING)
    with pytest.raises(Invalid) as refused:
        row.publish(NOW)
    told = {problem.path: problem.code for problem in refused.value.problems}
    missing = ("title", "description", "occupation", "region", "openings", "howToApply", "recruitsFor")
    assert told == {(name,): "REQUIRED_TO_PUBLISH" for name in missing}
    assert (row.status, row.published_at) == (JobOfferStatus.DRAFT, None)


@pytest.mark.parametrize(
    "said",
    [
        {"title_fr": None, "title_en": "Welder", "description_fr": None, "description_en": "Workshop"},
        {"how_to_apply_fr": None},
        {"accepts_online_applications": False, "how_to_apply_fr": None, "how_to_apply_en": "By telephone."},
        {"posted_by_agency": True, "recruits_for": "Acier du Nord"},
    ],
)
def test_one_language_is_enough_and_what_does_not_apply_is_not_asked(said: dict[str, Any]) -> None:
    row = draft(**said)
    row.publish(NOW)
    assert row.status is JobOfferStatus.PUBLISHED
