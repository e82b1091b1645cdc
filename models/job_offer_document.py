"""A published job offer as it is searched, with the name of its employer."""

from models import occupation, skill
from models.document import Document, Kind, analysed
from models.document_fields import absent, coded_labels, described_languages, numbers_of
from models.job_offer import JobOffer
from models.language import LocalizedText
from models.profile import experience_band, salary_band


def job_offer_document(row: JobOffer, employer_name: str) -> Document:
    """The document of a published offer. It must have an end."""
    if row.published_at is None or row.ends_on is None:
        raise ValueError("only what was published is searched")
    labels = coded_labels([occupation.find(row.occupation)]) + coded_labels(map(skill.find, row.skills))
    texts = (row.description, LocalizedText(employer_name, employer_name), LocalizedText(row.city, row.city), *labels)
    salary = row.salary
    languages = described_languages(row.languages)
    searched = analysed(row.title, texts)
    numbers = numbers_of(
        education_rank=row.education.rank,
        years=row.years_of_experience,
        annual_minimum=salary.annual_minimum if salary else None,
        annual_maximum=salary.annual_maximum if salary else None,
        ends_on=row.ends_on,
        published_on=row.published_at,
        skill_count=len(set(row.skills)),
        language_count=len(languages["language"]),
    )
    keywords = {
        "number": frozenset((row.number,)),
        "words": searched.words,
        "occupations": occupation.prefixes([row.occupation]),
        "occupation_group": occupation.broad_categories([row.occupation]),
        "skills": frozenset(row.skills),
        **languages,
        "education": frozenset((row.education.value,)),
        "experience": frozenset((experience_band(row.years_of_experience),)),
        "regions": frozenset((row.region,)),
        "work_modes": frozenset((row.work_mode.value,)),
        "contract_type": frozenset((row.contract_type.value,)),
        "salary_band": frozenset((salary_band(salary.annual_maximum),)) if salary else frozenset(),
        "employer": frozenset((str(row.employer_id),)),
        "online": frozenset(("yes" if row.accepts_online_applications else "no",)),
    }
    keywords["absent"] = absent(Kind.JOB_OFFER, keywords, numbers)
    return Document(Kind.JOB_OFFER, row.id, row.version, row.published_at, searched.fields, keywords, numbers)
