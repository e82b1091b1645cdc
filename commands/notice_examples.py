"""Made-up facts for every letter about a file: nobody's, and always the same, so that what is rendered changes only with the
words. The person lives by the clocks of Casablanca; one case goes over each change of the clocks in Québec."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.candidacy import Candidacy
from models.candidate import Candidate
from models.certificate import Verdict
from models.language import Language
from models.notification import NotificationKind
from models.residence import TIME_TO_WITHDRAW
from models.residence_case import Residence, ResidenceCase, ResidenceEvent, ResidenceSource, ResidenceStep
from notifications import letters
from notifications.letters import Letter
from notifications.notice_letters import CASE_LETTERS, Reader, publication_notice

NAME, ZONE, CANDIDACY = "Amina", ZoneInfo("Africa/Casablanca"), UUID(int=1)
ENDS_ON = date(2026, 11, 1)
"""The day on which clocks are put back in Québec; a first of the month."""
CASE_OPENED = {
    Residence.QUEBEC: datetime(2026, 10, 31, 15, 30, tzinfo=UTC),
    Residence.CANADA: datetime(2027, 3, 13, 15, 30, tzinfo=UTC),
}
"""On the eve of each change of the clocks."""
ABROAD_AGAIN = {Language.FR: "Bail à Casablanca reçu.", Language.EN: "Lease in Casablanca received."}
REASON = {Language.FR: "L’adresse de votre employeur est à Laval.", Language.EN: "Your employer’s address is in Laval."}
REGISTRATION_REFUSED = (
    *(each.value for each in Verdict if each not in (Verdict.RECOGNISED, Verdict.NO_ANSWER)),
    "CERTIFICATE_EXPIRED",
    "CERTIFICATE_ALREADY_USED",
)
CORRECTION_REFUSED = tuple(
    f"CORRECTION_{each}" for each in ("NOT_RECOGNISED", "NO_INVITATION_LETTER", "CERTIFICATE_EXPIRED", "CERTIFICATE_ALREADY_USED")
)
RETURN_REFUSED = tuple(each.value for each in Verdict if each not in (Verdict.RECOGNISED, Verdict.NO_ANSWER))
STEPS = {
    NotificationKind.RESIDENCE_NOTICE: (ResidenceStep.OPENED,),
    NotificationKind.RESIDENCE_SETTLED: (
        ResidenceStep.OPENED,
        ResidenceStep.CANDIDACY_WITHDRAWN,
        ResidenceStep.NOTHING_PUBLISHED,
    ),
    NotificationKind.FILE_DEACTIVATED: (
        ResidenceStep.EXTENDED,
        ResidenceStep.FOUND_AGAIN,
        ResidenceStep.CANDIDACY_WITHDRAWN,
        ResidenceStep.DEACTIVATED,
    ),
    NotificationKind.RETURN_RECORDED: (ResidenceStep.OPENED, ResidenceStep.MOVED_ABROAD),
    NotificationKind.FILE_REOPENED: (ResidenceStep.OPENED, ResidenceStep.DEACTIVATED, ResidenceStep.REOPENED),
}
SOURCES: Mapping[NotificationKind, tuple[ResidenceSource, ...]] = {
    NotificationKind.RESIDENCE_NOTICE: tuple(ResidenceSource),
    NotificationKind.RESIDENCE_SETTLED: (ResidenceSource.DECLARED, ResidenceSource.AGENT),
    NotificationKind.RETURN_RECORDED: (ResidenceSource.DECLARED,),
}
"""Who said where the person lives, where the letter depends on it; otherwise an agent."""
Write = Callable[[Language], Letter]


@dataclass(frozen=True)
class Example:
    """A letter, and when it is sent."""

    title: str
    write: Write


def examples() -> Iterator[Example]:
    """Every letter about a file, in the order of a file's life."""
    yield from _answers()
    yield from _publications()
    yield from _cases()


def _answers() -> Iterator[Example]:
    yield Example("Registration: no answer yet", lambda language: letters.registration_pending(language, NAME))
    yield Example("Registration: accepted", lambda language: letters.registration_accepted(language, NAME))
    yield from _refusals("Registration: refused", letters.registration_refused, REGISTRATION_REFUSED)
    yield Example("Correction: accepted", lambda language: letters.correction_accepted(language, NAME))
    yield from _refusals("Correction: refused", letters.correction_refused, CORRECTION_REFUSED)
    yield from _refusals("Return abroad: refused", letters.return_refused, RETURN_REFUSED)


def _refusals(title: str, write: Callable[[Language, str, str], Letter], codes: tuple[str, ...]) -> Iterator[Example]:
    for code in codes:
        yield Example(f"{title}, {code}", lambda language, code=code: write(language, NAME, code))  # type: ignore[misc]


PUBLICATIONS: Mapping[NotificationKind, int] = {NotificationKind.PUBLICATION_ENDING: -7, NotificationKind.PUBLICATION_ENDED: 7}
"""Days from the end to the notice."""
VARIANTS: Mapping[str, tuple[date, Residence]] = {
    "it can be published again": (ENDS_ON + timedelta(days=600), Residence.ABROAD),
    "the certificate ends too": (ENDS_ON, Residence.ABROAD),
    "the person lives in Québec": (ENDS_ON + timedelta(days=600), Residence.QUEBEC),
    "the person lives elsewhere in Canada": (ENDS_ON + timedelta(days=600), Residence.CANADA),
}


def _publications() -> Iterator[Example]:
    for kind, days in PUBLICATIONS.items():
        for variant, (expires_on, residence) in VARIANTS.items():
            candidate = Candidate(certificate_expires_on=expires_on, residence=residence)
            now = datetime(ENDS_ON.year, ENDS_ON.month, ENDS_ON.day, 13, tzinfo=UTC) + timedelta(days=days)
            yield Example(f"{kind}: {variant}", _publication(kind, candidate, now))


def _publication(kind: NotificationKind, candidate: Candidate, now: datetime) -> Write:
    row = Candidacy(
        id=CANDIDACY,
        number="BCDF-2345",
        title_fr="Soudeuse",
        title_en="Welder",
        candidate_id=CANDIDACY,
        publication_ends_on=ENDS_ON,
    )
    return lambda language: publication_notice(Reader(language, NAME, ZONE, now), kind, candidate, row)


def _cases() -> Iterator[Example]:
    for kind in CASE_LETTERS:
        for residence in CASE_OPENED:
            for source in SOURCES.get(kind, (ResidenceSource.AGENT,)):
                yield Example(f"{kind}: {residence}, by {source}", _case(kind, residence, source, STEPS[kind]))
    lifted, kind = (ResidenceStep.OPENED, ResidenceStep.REOPENED), NotificationKind.FILE_REOPENED
    yield Example(f"{kind}: before the deadline", _case(kind, Residence.QUEBEC, ResidenceSource.AGENT, lifted))


def _case(kind: NotificationKind, residence: Residence, source: ResidenceSource, steps: Sequence[ResidenceStep]) -> Write:
    opened_at = CASE_OPENED[residence]
    case = ResidenceCase(residence=residence, source=source, opened_at=opened_at, deadline_at=opened_at + TIME_TO_WITHDRAW)

    def write(language: Language) -> Letter:
        reasons = {ResidenceStep.REOPENED: ABROAD_AGAIN[language]}
        if source is ResidenceSource.AGENT:
            reasons[ResidenceStep.OPENED] = REASON[language]
        between = TIME_TO_WITHDRAW / max(len(steps) - 1, 1)
        events = [
            ResidenceEvent(at=opened_at + between * number, step=step, reason=reasons.get(step))
            for number, step in enumerate(steps)
        ]
        return CASE_LETTERS[kind](Reader(language, NAME, ZONE, opened_at), case, events)

    return write
