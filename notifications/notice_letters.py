"""What the notices say, in the language of each account: true on the day they go out. Knows no e-mail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from models.calendar import QUEBEC, quebec_day
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.language import Language
from models.notification import NotificationKind
from models.residence import NOTICE_CODES
from models.residence_case import Residence, ResidenceCase, ResidenceEvent, ResidenceSource, ResidenceStep
from notifications.due_notice import DueNotice
from notifications.letters import Letter, recourse_details
from texts.catalogue import text
from texts.formats import LOCALES, day, first_of_month

MOMENT = {
    Language.FR: "d MMMM y 'à' H\N{NO-BREAK SPACE}'h'\N{NO-BREAK SPACE}mm z",
    Language.EN: "MMMM d, y 'at' h:mm a z",
}
"""With the name of the hour: when clocks are put back, one of them comes twice."""


@dataclass(frozen=True)
class Reader:
    """Who reads the letter, and when it goes out."""

    language: Language
    name: str
    zone: tzinfo
    now: datetime

    def say(self, key: str, **facts: str) -> str:
        return text(f"mail.{key}", self.language, **facts)

    def day(self, of: date) -> str:
        return day(of, self.language)

    def moment(self, at: datetime, zone: tzinfo) -> str:
        """An instant to the minute, as clocks of that zone have it."""
        written = format_datetime(at, MOMENT[self.language], tzinfo=zone, locale=LOCALES[self.language])
        return first_of_month(written)

    def letter(self, name: str, paragraphs: Sequence[str], details: Sequence[tuple[str, str]] = (), **facts: str) -> Letter:
        return Letter(
            self.language,
            subject=self.say(f"{name}.subject", **facts),
            greeting=self.say("greeting.name", name=self.name),
            paragraphs=paragraphs,
            details=details,
            closing=[self.say("notice.why")],
        )


def notice_letter(due: DueNotice, now: datetime) -> Letter:
    """The letter of a notice that may go."""
    reader = Reader(due.account.language, due.candidate.given_name, ZoneInfo(due.account.time_zone), now)
    if due.candidacy is not None:
        return publication_notice(reader, due.notification.kind, due.candidate, due.candidacy)
    assert due.case is not None
    return CASE_LETTERS[due.notification.kind](reader, due.case, due.steps)


def publication_notice(reader: Reader, kind: NotificationKind, candidate: Candidate, row: Candidacy) -> Letter:
    """About to end, or ended: by the day on which it goes out, and not by the day on which it should have."""
    assert row.publication_ends_on is not None
    ends_on, title = row.publication_ends_on, row.title.best(reader.language)
    name = "ended" if quebec_day(reader.now) > ends_on else "ending"
    facts = {"title": title, "number": row.number, "day": reader.day(ends_on)}
    paragraphs = [reader.say(f"{name}.body", **facts), _what_next(reader, candidate, name, ends_on)]
    details = [(reader.say("candidacy.title"), title), (reader.say("candidacy.number"), row.number)]
    return reader.letter(name, paragraphs, details, **facts)


def _what_next(reader: Reader, candidate: Candidate, name: str, ends_on: date) -> str:
    """How to stay visible, for whom that is possible."""
    following = ends_on + timedelta(days=1)
    if candidate.residence is not Residence.ABROAD:
        return text(NOTICE_CODES[candidate.residence], reader.language)
    if candidate.certificate_expires_on < max(following, quebec_day(reader.now)):
        return reader.say(f"{name}.certificate", day=reader.day(candidate.certificate_expires_on))
    return reader.say(f"{name}.again", day=reader.day(following))


def _opened(reader: Reader, case: ResidenceCase, steps: Sequence[ResidenceEvent]) -> Letter:
    by_agent = case.source is ResidenceSource.AGENT
    paragraphs = [
        reader.say(f"residence.opened.{case.source}.{case.residence}"),
        *_reason(reader, steps, ResidenceStep.OPENED, ResidenceStep.FOUND_AGAIN),
        reader.say("residence.opened.ask"),
        reader.say("residence.opened.otherwise"),
        reader.say(f"residence.opened.{'wrong' if by_agent else 'declare'}"),
    ]
    return reader.letter("residence.opened", paragraphs, [*_deadline(reader, case), *_where_to_turn(reader, case)])


def _where_to_turn(reader: Reader, case: ResidenceCase) -> list[tuple[str, str]]:
    """What an agent has found an agent of the service mends; of anything else the ministry knows more."""
    by_agent = case.source is ResidenceSource.AGENT
    return recourse_details("RESIDENCE_FOUND_BY_AGENT" if by_agent else NOTICE_CODES[case.residence], reader.language)


def _deadline(reader: Reader, case: ResidenceCase) -> list[tuple[str, str]]:
    """In Québec's time, and in the person's own."""
    theirs = str(getattr(reader.zone, "key", reader.zone))
    return [
        (reader.say("residence.deadline.quebec"), reader.moment(case.deadline_at, QUEBEC)),
        (reader.say("residence.deadline.yours", zone=theirs), reader.moment(case.deadline_at, reader.zone)),
    ]


def _settled(reader: Reader, case: ResidenceCase, steps: Sequence[ResidenceEvent]) -> Letter:
    """What an agent has found the person alone cannot undo, so that to declare something else would be no use."""
    by_agent = case.source is ResidenceSource.AGENT
    back = text("RESIDENCE_FOUND_BY_AGENT", reader.language) if by_agent else reader.say("residence.back")
    paragraphs = [reader.say("residence.settled.body"), reader.say("residence.settled.meanwhile"), back]
    return reader.letter("residence.settled", paragraphs, _where_to_turn(reader, case))


def _deactivated(reader: Reader, case: ResidenceCase, steps: Sequence[ResidenceEvent]) -> Letter:
    """The person cannot sign in any more: the letter tells every step, and that it is the service that can go back on it."""
    code = NOTICE_CODES[case.residence]
    paragraphs = [
        reader.say("residence.deactivated.body", deadline=reader.moment(case.deadline_at, QUEBEC)),
        text(code, reader.language),
        reader.say("residence.deactivated.means"),
        reader.say("residence.deactivated.back"),
    ]
    told = [(reader.moment(each.at, QUEBEC), reader.say(f"residence.step.{each.step}")) for each in steps]
    where_to_turn = recourse_details("REGISTRATION_DEACTIVATED", reader.language)
    return reader.letter("residence.deactivated", paragraphs, [*told, *where_to_turn])


def _returned(reader: Reader, case: ResidenceCase, steps: Sequence[ResidenceEvent]) -> Letter:
    return reader.letter("residence.returned", [reader.say("residence.returned.body")])


def _reopened(reader: Reader, case: ResidenceCase, steps: Sequence[ResidenceEvent]) -> Letter:
    """Opened again after it was deactivated; or else what was asked of the person is taken back."""
    deactivated = any(each.step is ResidenceStep.DEACTIVATED for each in steps)
    name = "residence.reopened" if deactivated else "residence.lifted"
    reason = _reason(reader, steps, ResidenceStep.REOPENED)
    return reader.letter(name, [reader.say(f"{name}.body"), *reason, reader.say(f"{name}.publish")])


def _reason(reader: Reader, steps: Sequence[ResidenceEvent], *of: ResidenceStep) -> list[str]:
    """What an agent gave for the last of these steps; nothing where it was no agent's."""
    last = next((each for each in reversed(steps) if each.step in of), None)
    return [reader.say("residence.reason", reason=last.reason)] if last is not None and last.reason else []


CASE_LETTERS: Mapping[NotificationKind, Callable[[Reader, ResidenceCase, Sequence[ResidenceEvent]], Letter]] = {
    NotificationKind.RESIDENCE_NOTICE: _opened,
    NotificationKind.RESIDENCE_SETTLED: _settled,
    NotificationKind.FILE_DEACTIVATED: _deactivated,
    NotificationKind.RETURN_RECORDED: _returned,
    NotificationKind.FILE_REOPENED: _reopened,
}
