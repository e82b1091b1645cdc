"""An offer as schema.org's JobPosting: all that it says, nothing that it does not, and safe in a page."""

import json
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest

from models.employer import Employer
from models.job_offer import JobOffer, JobOfferStatus
from models.job_posting import json_ld
from models.language import Language
from models.profile import ContractType, Education, WorkMode
from models.salary import SalaryPeriod
from tests.models.job_offer_cases import PLAIN

URL = "https://placement.example.org/job-offers/BCDF-2345"
PUBLISHED = datetime(2026, 3, 17, 2, 0, tzinfo=UTC)
"""The evening of the 16th in Québec."""
EMPLOYER = Employer(name="Fonderie du Fjord", website="https://fonderie.example.org")


def offer(**own: Any) -> JobOffer:
    status = {"status": JobOfferStatus.PUBLISHED, "published_at": PUBLISHED, "ends_on": date(2026, 4, 15)}
    return JobOffer(id=uuid4(), number="BCDF-2345", **{**status, **PLAIN, **own})


def posting(language: Language = Language.FR, employer: Employer = EMPLOYER, **own: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json_ld(offer(**own), employer, URL, language))
    return read


def test_a_whole_offer_is_told() -> None:
    told = posting(title_en="Welder", description_en="Workshop.\n\nDays.", hours_per_week=40.0, openings=2, language=Language.EN)
    assert told == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "inLanguage": "en",
        "title": "Welder",
        "description": "<p>Workshop.</p><p>Days.</p>",
        "identifier": {"@type": "PropertyValue", "name": "Online Placement", "value": "BCDF-2345"},
        "url": URL,
        "datePosted": "2026-03-16",
        "validThrough": "2026-04-16T04:00:00+00:00",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Fonderie du Fjord",
            "sameAs": "https://fonderie.example.org",
        },
        "directApply": True,
        "totalJobOpenings": 2,
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Québec",
                "addressRegion": "QC",
                "addressCountry": "CA",
            },
            "containedInPlace": {"@type": "AdministrativeArea", "name": "Capitale-Nationale"},
        },
        "occupationalCategory": {
            "@type": "CategoryCode",
            "codeValue": "72106",
            "name": "Welders",
        },
        "skills": "MIG welding",
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "associate degree",
        },
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 60},
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "CAD",
            "value": {"@type": "QuantitativeValue", "minValue": 50_000, "maxValue": 60_000, "unitText": "YEAR"},
        },
    }


def test_what_is_not_said_is_left_out() -> None:
    silent: dict[str, Any] = {
        "city": None,
        "salary_minimum": None,
        "skills": [],
        "education": Education.NONE,
        "years_of_experience": 0,
    }
    unpublished: dict[str, Any] = {"published_at": None, "ends_on": None, "status": JobOfferStatus.DRAFT}
    told = posting(employer=Employer(name="Fonderie du Fjord"), **silent, **unpublished)
    left = {"baseSalary", "skills", "educationRequirements", "experienceRequirements", "datePosted", "validThrough"}
    assert not told.keys() & {*left, "employmentType", "jobLocationType"}
    assert "addressLocality" not in told["jobLocation"]["address"]
    assert told["hiringOrganization"] == {"@type": "Organization", "name": "Fonderie du Fjord"}


def test_it_is_in_the_other_language_where_there_is_no_translation() -> None:
    told = posting(Language.EN)
    assert (told["inLanguage"], told["title"]) == ("fr", "Soudeuse")


@pytest.mark.parametrize("period", SalaryPeriod)
def test_pay_is_told_by_the_period_of_the_offer(period: SalaryPeriod) -> None:
    assert posting(salary_period=period)["baseSalary"]["value"]["unitText"] == period.value


@pytest.mark.parametrize(
    ("contract", "hours", "told"),
    [
        (ContractType.PERMANENT, 30.0, ["FULL_TIME"]),
        (ContractType.PERMANENT, 29.5, ["PART_TIME"]),
        (ContractType.FIXED_TERM, 35.0, ["FULL_TIME", "TEMPORARY"]),
        (ContractType.SEASONAL, None, ["TEMPORARY"]),
        (ContractType.CASUAL, 10.0, ["PART_TIME", "PER_DIEM"]),
        (ContractType.INTERNSHIP, None, ["INTERN"]),
    ],
)
def test_the_kind_of_employment_follows_from_contract_and_hours(
    contract: ContractType, hours: float | None, told: list[str]
) -> None:
    assert posting(contract_type=contract, hours_per_week=hours)["employmentType"] == told


def test_work_from_anywhere_says_so() -> None:
    told = posting(work_mode=WorkMode.REMOTE)
    assert (told["jobLocationType"], told["applicantLocationRequirements"]["name"]) == ("TELECOMMUTE", "Canada")


def test_one_works_for_whom_an_agency_recruits() -> None:
    told = posting(posted_by_agency=True, recruits_for="Acier du Nord", accepts_online_applications=False)
    assert (told["hiringOrganization"], told["directApply"]) == ({"@type": "Organization", "name": "Acier du Nord"}, False)


HOSTILE = "</script><script>alert(1)</script><!-- & \u2028\u2029 \" ' \\"


class Scripts(HTMLParser):
    """What the script elements of a page hold."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.held += [""] if tag == "script" else []

    def handle_data(self, data: str) -> None:
        self.held[-1] += data


def test_nothing_in_it_can_end_a_script_element() -> None:
    hostile = offer(title_fr=HOSTILE, description_fr=HOSTILE, city=HOSTILE, posted_by_agency=True, recruits_for=HOSTILE)
    written = json_ld(hostile, EMPLOYER, URL, Language.FR)
    assert not set("<>&\u2028\u2029") & set(written)
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{written}</script>')
    (held,) = page.held
    assert held == written
    told = json.loads(held)
    assert (told["title"], told["jobLocation"]["address"]["addressLocality"]) == (HOSTILE, HOSTILE)
    assert told["description"].startswith("<p>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- &amp;")
