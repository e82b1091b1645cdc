"""A job offer as schema.org's JobPosting, which search engines read. Says what the offer says, and guesses nothing."""

import json
from collections.abc import Mapping
from html import escape

from models import occupation, region, skill
from models.calendar import end_of_day, quebec_day
from models.employer import Employer
from models.job_offer import JobOffer
from models.language import Language, LocalizedText
from models.profile import ContractType, Education, WorkMode

FULL_TIME_FROM = 30
"""Hours of a week, as Statistics Canada counts."""
SERVICE = LocalizedText("Placement en ligne", "Online Placement")
EMPLOYMENT = {
    ContractType.FIXED_TERM: "TEMPORARY",
    ContractType.CASUAL: "PER_DIEM",
    ContractType.SEASONAL: "TEMPORARY",
    ContractType.INTERNSHIP: "INTERN",
}
CREDENTIALS = {
    Education.SECONDARY: "high school",
    Education.VOCATIONAL: "professional certificate",
    Education.COLLEGE: "associate degree",
    Education.BACHELOR: "bachelor degree",
    Education.MASTER: "postgraduate degree",
    Education.DOCTORATE: "postgraduate degree",
}
UNSAFE = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
"""What could end a script element, or a line of JavaScript, inside JSON."""
Properties = Mapping[str, object]


def json_ld(offer: JobOffer, employer: Employer, url: str, language: Language) -> str:
    """In that language, or in the other where it is not written in it. Can be put into a script element as it is."""
    return json.dumps(job_posting(offer, employer, url, language), ensure_ascii=False).translate(UNSAFE)


def job_posting(offer: JobOffer, employer: Employer, url: str, language: Language) -> Properties:
    """What the offer does not tell is left out."""
    told = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "inLanguage": written_in(offer.title, language).lower(),
        "title": offer.title.best(language),
        "description": as_html(offer.description.best(language)),
        "identifier": {"@type": "PropertyValue", "name": SERVICE.best(language), "value": offer.number},
        "url": url,
        "datePosted": quebec_day(offer.published_at).isoformat() if offer.published_at else None,
        "validThrough": end_of_day(offer.ends_on).isoformat() if offer.ends_on else None,
        "employmentType": _employment(offer),
        "hiringOrganization": _organization(offer, employer),
        "directApply": offer.accepts_online_applications,
        "totalJobOpenings": offer.openings,
        **_place(offer, language),
        **_asked(offer, language),
        "baseSalary": _salary(offer),
    }
    return _told(told)


def written_in(text: LocalizedText, language: Language) -> Language:
    """The language in which `text.best(language)` is."""
    other = Language.EN if language is Language.FR else Language.FR
    return language if text.within(language) or not text.within(other) else other


def as_html(text: str) -> str:
    """Its paragraphs, with nothing in them that could be taken for markup."""
    return "".join(f"<p>{escape(each.strip(), quote=False)}</p>" for each in text.splitlines() if each.strip())


def _told(properties: Properties) -> Properties:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _employment(offer: JobOffer) -> list[str]:
    """The contract; full or part time where the hours of a week are told."""
    contract = EMPLOYMENT.get(offer.contract_type)
    hours = offer.hours_per_week and ("FULL_TIME" if offer.hours_per_week >= FULL_TIME_FROM else "PART_TIME")
    return [each for each in (hours, contract) if each]


def _organization(offer: JobOffer, employer: Employer) -> Properties:
    """For whom one would work: of an agency, whom it recruits for."""
    if offer.posted_by_agency and offer.recruits_for:
        return {"@type": "Organization", "name": offer.recruits_for}
    return _told({"@type": "Organization", "name": employer.name, "sameAs": employer.website})


def _place(offer: JobOffer, language: Language) -> Properties:
    address = {
        "@type": "PostalAddress",
        "addressLocality": offer.city,
        "addressRegion": "QC",
        "addressCountry": "CA",
    }
    area = {"@type": "AdministrativeArea", "name": region.label(offer.region, language)}
    place: Properties = {"jobLocation": {"@type": "Place", "address": _told(address), "containedInPlace": area}}
    if offer.work_mode is not WorkMode.REMOTE:
        return place
    country = {"@type": "Country", "name": "Canada"}
    return {**place, "jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": country}


def _asked(offer: JobOffer, language: Language) -> Properties:
    code = {"@type": "CategoryCode", "codeValue": offer.occupation, "name": occupation.label(offer.occupation, language)}
    credential, months = CREDENTIALS.get(offer.education), offer.years_of_experience * 12
    return {
        "occupationalCategory": code,
        "skills": ", ".join(skill.label(each, language) for each in offer.skills),
        "educationRequirements": credential and {"@type": "EducationalOccupationalCredential", "credentialCategory": credential},
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months}
        if months
        else None,
    }


def _salary(offer: JobOffer) -> Properties | None:
    if offer.salary is None:
        return None
    amount = {
        "@type": "QuantitativeValue",
        "minValue": offer.salary.minimum,
        "maxValue": offer.salary.maximum,
        "unitText": offer.salary.period.value,
    }
    return {"@type": "MonetaryAmount", "currency": "CAD", "value": amount}
