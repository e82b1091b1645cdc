"""What in the texts of a candidacy gives its candidate away to whoever reads it. Whether that matters is decided where it is
published."""

from collections.abc import Iterable, Iterator, Sequence

from errors import Invalid, Problem
from models import occupation, skill
from models.anonymity import Own, Trace, traces
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.checks import shown
from models.language import Language
from models.own_names import OwnNames

TEXTS = ("title", "summary", "experience")
TAKEN = {
    "HAS_NAME": "NAME_IN_CANDIDACY",
    "HAS_TELEPHONE": "TELEPHONE_IN_CANDIDACY",
    "HAS_CERTIFICATE_NUMBER": "NUMBER_IN_CANDIDACY",
}


def traces_in(row: Candidacy, candidate: Candidate, certificate_numbers: Sequence[str]) -> list[Problem]:
    """Each with the path of its text, what stands there, and the place of its first character, counted from 1."""
    own = Own(
        OwnNames(candidate.given_name, candidate.family_name, list(_trade(row))), certificate_numbers, candidate.telephone or ""
    )
    return [
        _problem((field, language.lower()), text, trace)
        for field in TEXTS
        for language in Language
        if (text := getattr(row, field).within(language))
        for trace in traces(text, own)
    ]


def require_free_of(
    what: str, rows: Iterable[Candidacy], candidate: Candidate, path: str, certificate_numbers: Sequence[str] = ()
) -> None:
    """Of a name or a number that is to become the candidate's own: where such a trace stands in a published text, that says whose
    it is. Raises Invalid with the path of what was entered, and the first such candidacy."""
    for row in rows:
        if any(trace.code == what for trace in traces_in(row, candidate, certificate_numbers)):
            raise Invalid([Problem((path,), TAKEN[what], (("number", row.number or ""),))])


def _trade(row: Candidacy) -> Iterator[str]:
    """The words of what the person does: a carpenter may be called Carpenter."""
    for language in Language:
        yield from (occupation.label(code, language) for code in row.occupations)
        yield from (skill.label(code, language) for code in row.skills)


def _problem(path: tuple[str, str], text: str, trace: Trace) -> Problem:
    facts = (("piece", shown(text[trace.start : trace.end])), ("at", str(trace.start + 1)))
    return Problem(path, trace.code, facts)
