"""The oracle's idea of one candidate's file: what is published until when, what the registry was asked, where the person lives,
and which letters are owed. Rules of the service, 2.1 and 2.2, said once more and simply. Shares no code with the product."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.simulation.oracle_days import WEEK, at_eight, day_of, last_day

ENDING, ENDED = "PUBLICATION_ENDING", "PUBLICATION_ENDED"
TO_WITHDRAW = timedelta(hours=48)
LETTERS = {
    "OPENED": "RESIDENCE_NOTICE",
    "NOTHING_PUBLISHED": "RESIDENCE_SETTLED",
    "DEACTIVATED": "FILE_DEACTIVATED",
    "MOVED_ABROAD": "RETURN_RECORDED",
    "REOPENED": "FILE_REOPENED",
}
"""The letter that tells of each step of a residence case."""
LIVES_THERE = {"QUEBEC": "RESIDES_IN_QUEBEC", "CANADA": "RESIDES_IN_CANADA"}


@dataclass(frozen=True)
class Certificate:
    """`number` stands for both numbers; `word` is what the registry says of it; `late` when it says so only after a while."""

    number: str
    issued: date
    expires: date
    word: str = "RECOGNISED"
    late: bool = False


@dataclass
class Publication:
    """`owed` gives from when on each notice is owed; `marked` once a worker has seen the end."""

    began: datetime
    ends: date
    owed: dict[str, datetime] = field(default_factory=dict)
    marked: bool = False

    def plan(self, ends: date, now: datetime) -> None:
        self.ends = ends
        self.owed = {ENDING: max(now, at_eight(ends - WEEK)), ENDED: at_eight(ends + WEEK)}


@dataclass
class Candidacy:
    """`told` holds the notices that went out: of which kind, of which end."""

    key: str
    publication: Publication | None = None
    withdrawn: bool = False
    withdrawn_at: datetime | None = None
    told: set[tuple[str, date]] = field(default_factory=set)

    def visible(self, today: date) -> bool:
        return self.publication is not None and not self.withdrawn and today <= self.publication.ends

    def shown_at(self, instant: datetime) -> bool:
        """Whether it was published then, whatever has become of it since."""
        period = self.publication
        if period is None or period.began >= instant or day_of(instant) > period.ends:
            return False
        return self.withdrawn_at is None or self.withdrawn_at >= instant

    def owes(self, kind: str, ends: date) -> datetime | None:
        """From when on that notice is owed, if it is and was not sent."""
        period = self.publication
        if period is None or self.withdrawn or period.ends != ends or (kind, ends) in self.told:
            return None
        return period.owed.get(kind)


@dataclass
class Case:
    """A residence case. `step` is the last that is told in writing; `letter_at` when the notice went out; `loose` when the mail
    was away meanwhile, so that the deadline was put off at times that nobody but the worker knows."""

    place: str
    by_agent: bool
    opened: datetime
    deadline: datetime
    step: str = "OPENED"
    step_at: datetime | None = None
    closed: bool = False
    told: set[str] = field(default_factory=set)
    loose: bool = False

    def go(self, step: str, now: datetime) -> None:
        self.step, self.step_at, self.closed = step, now, True


@dataclass
class Question:
    """Put to the registry and not answered yet. A correction holds the certificate that is asked about."""

    certificate: Certificate | None
    asked: datetime


@dataclass
class File:
    certificate: Certificate
    state: str = "PENDING"
    code: str | None = "REGISTRATION_PENDING"
    residence: str = "ABROAD"
    confirmed: datetime | None = None
    signed_out: bool = False
    """Its sessions have ended, and nobody has signed in since."""
    holds: str | None = None
    """The number of the certificate that serves this file and no other."""
    candidacies: dict[str, Candidacy] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)

    @property
    def standing(self) -> bool:
        return self.state in ("ACTIVE", "NOTICE_GIVEN")

    @property
    def open_case(self) -> Case | None:
        return self.cases[-1] if self.cases and not self.cases[-1].closed else None

    def visible(self, today: date) -> list[Candidacy]:
        return [each for each in self.candidacies.values() if self.standing and each.visible(today)]

    def may_publish(self, today: date) -> str | None:
        """The code of what stands against it."""
        if self.state != "ACTIVE" or self.residence != "ABROAD":
            return self.code
        return "CERTIFICATE_EXPIRED" if self.certificate.expires < today else None

    def publish(self, key: str, now: datetime) -> str | None:
        candidacy, today = self.candidacies[key], day_of(now)
        if refusal := self.may_publish(today):
            return refusal
        if candidacy.visible(today):
            return "ALREADY_PUBLISHED"
        candidacy.withdrawn, candidacy.withdrawn_at, candidacy.publication = False, None, Publication(now, today)
        candidacy.publication.plan(self._end_of_period(today), now)
        return None

    def withdraw(self, key: str, now: datetime) -> str | None:
        candidacy = self.candidacies[key]
        if not self.standing or not candidacy.visible(day_of(now)):
            return "NOT_PUBLISHED"
        candidacy.withdrawn, candidacy.withdrawn_at = True, now
        self.close_if_done(now)
        return None

    def _end_of_period(self, began: date) -> date:
        return last_day(self.certificate.issued, self.certificate.expires, began)

    def found(self, place: str, now: datetime, by_agent: bool = False) -> None:
        """Somebody says that the person lives in Canada. What was asked about a return is of no account any more."""
        self.questions.pop("RETURN", None)
        if self.cases and (not self.cases[-1].closed or self.residence != "ABROAD"):
            self.cases[-1].place, self.cases[-1].by_agent = place, self.cases[-1].by_agent or by_agent
        else:
            self.cases.append(Case(place, by_agent, now, now + TO_WITHDRAW, step_at=now))
            self.state = "NOTICE_GIVEN"
        self.residence, self.code = place, LIVES_THERE[place]
        self.close_if_done(now)

    def close_if_done(self, now: datetime) -> None:
        """In time, which is before the deadline; at the deadline it is looked at what was published then."""
        case = self.open_case
        if case is not None and now < case.deadline and not self.visible(day_of(now)):
            self.done(now)

    def done(self, now: datetime) -> None:
        self.cases[-1].go("NOTHING_PUBLISHED", now)
        self.state = "ACTIVE"

    def deactivate(self, now: datetime) -> None:
        for candidacy in self.visible(day_of(now)):
            candidacy.withdrawn, candidacy.withdrawn_at = True, now
        self.cases[-1].go("DEACTIVATED", now)
        self.state, self.signed_out = "DEACTIVATED", True

    def back(self, step: str, now: datetime) -> None:
        """Abroad again: MOVED_ABROAD by the registry's word, REOPENED by an agent's."""
        self.state, self.code, self.residence = "ACTIVE", None, "ABROAD"
        if self.cases:
            self.cases[-1].go(step, now)

    def close(self, code: str) -> None:
        self.state, self.code, self.holds = "CLOSED", code, None

    def settle(self, word: str, now: datetime) -> None:
        """A registration is accepted, or comes to nothing."""
        if word == "RECOGNISED" and self.certificate.expires < day_of(now):
            self.close("CERTIFICATE_EXPIRED")
        elif word == "RECOGNISED":
            self.state, self.code, self.holds = "ACTIVE", None, self.certificate.number
        else:
            self.close(word)

    def take(self, certificate: Certificate, now: datetime) -> None:
        """Other values than before: every publication ends with the period that it began in, by the new dates."""
        self.certificate, self.holds = certificate, certificate.number
        for candidacy in self.visible(day_of(now)):
            period = candidacy.publication
            assert period is not None
            ends = max(self._end_of_period(day_of(period.began)), day_of(now))
            if ends != period.ends:
                period.plan(ends, now)
