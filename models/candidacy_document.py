"""A published candidacy as it is searched: the professional profile alone, no name, no address, no certificate."""

from collections.abc import Iterable

from models import occupation, skill
from models.candidacy import Candidacy
from models.document import Document, Kind, analysed
from models.document_fields import absent, coded_labels, described_languages, numbers_of
from models.profile import experience_band


def candidacy_document(row: Candidacy, country_of_residence: str, hidden_from: Iterable[str] = ()) -> Document:
    """The document of a published candidacy. It must have a publication period. `hidden_from` are NEQ."""
    if row.published_at is None or row.publication_ends_on is None:
        raise ValueError("only what was published is searched")
    labels = coded_labels(occupation.find(code) for code in row.occupations) + coded_labels(map(skill.find, row.skills))
    texts = (row.summary, row.experience, *labels)
    searched = analysed(row.title, texts)
    numbers = numbers_of(
        education_rank=row.education.rank,
        years=row.years_of_experience,
        available_from=row.available_from,
        minimum_salary=row.minimum_salary,
        ends_on=row.publication_ends_on,
        published_on=row.published_at,
    )
    keywords = {
        "number": frozenset((row.number,)),
        "words": searched.words,
        "occupations": occupation.prefixes(row.occupations),
        "occupation_group": occupation.broad_categories(row.occupations),
        "skills": frozenset(row.skills),
        **described_languages(row.languages),
        "education": frozenset((row.education.value,)),
        "experience": frozenset((experience_band(row.years_of_experience),)),
        "regions": frozenset(row.regions),
        "work_modes": frozenset(row.work_modes),
        "country": frozenset((country_of_residence,)),
        "hidden_from": frozenset(hidden_from),
    }
    keywords["absent"] = absent(Kind.CANDIDACY, keywords, numbers)
    return Document(Kind.CANDIDACY, row.id, row.version, row.published_at, searched.fields, keywords, numbers)
