"""What applications are by the rules, restated without rows, sessions or anything of the program: the oracle that the real acts
are held against. Not a test itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.contact.oracle import CANDIDACIES, CANDIDATES, EMPLOYERS, OFFERS

DONE = "done"
TWO_DAYS, TWENTY_DAYS = timedelta(hours=48), timedelta(days=20)
QUEBEC = ZoneInfo("America/Toronto")
NEXT = {"SUBMITTED": "UNDER_REVIEW", "UNDER_REVIEW": "INTERVIEW", "INTERVIEW": "OFFERED", "OFFERED": "HIRED"}
"""Where an employer can take an application from each state from which anything follows, besides declining it."""
STANDING = (*NEXT, "HIRED")
Step = tuple[str, str, str | None]
"""What it became, which side did it, and why."""
Read = tuple[str, int, bool, str | None, list[str], list[Step], bool]
"""The status, the years in the snapshot, whether the person shows, the letter, what can follow, the history, and whether nothing
was heard of it for long."""


@dataclass
class Sent:
    """`years` are what the candidacy said of experience."""

    candidacy: str
    offer: str
    at: datetime
    years: int
    letter: str | None
    moved: datetime
    history: list[Step] = field(default_factory=lambda: [("SUBMITTED", "CANDIDATE", None)])

    @property
    def status(self) -> str:
        return self.history[-1][0]

    @property
    def candidate(self) -> str:
        return CANDIDACIES[self.candidacy]

    @property
    def employer(self) -> str:
        return OFFERS[self.offer]


@dataclass
class Oracle:
    """Applications are named by numbers, in the order in which they were sent. `told` are the changes of each reader in order,
    `letters` the members who are owed one about what was erased."""

    now: datetime
    most: int
    sent: dict[int, Sent] = field(default_factory=dict)
    made: int = 0
    years: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CANDIDACIES, 0))
    published: set[str] = field(default_factory=lambda: set(CANDIDACIES))
    offers: dict[str, str] = field(default_factory=lambda: dict.fromkeys(OFFERS, "PUBLISHED"))
    owed: list[str] = field(default_factory=list)
    standing: set[str] = field(default_factory=lambda: set(CANDIDATES))
    abroad: set[str] = field(default_factory=lambda: set(CANDIDATES))
    gone: set[str] = field(default_factory=set)
    suspended: set[str] = field(default_factory=set)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    told: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: {each: [] for each in CANDIDATES + EMPLOYERS})
    letters: list[str] = field(default_factory=list)

    # what is done

    def apply(self, who: str, candidacy: str, offer: str, letter: str | None) -> str:
        if CANDIDACIES[candidacy] != who:
            return "NOT_FOUND"
        if who not in self.abroad:
            return "RESIDES_IN_QUEBEC"
        if self.offers[offer] != "PUBLISHED" or OFFERS[offer] in self.suspended:
            return "JOB_OFFER_ENDED"
        if (who, OFFERS[offer]) in self.hidden:
            return "HIDDEN_FROM_EMPLOYER"
        if any((each.candidacy, each.offer) == (candidacy, offer) and each.status in STANDING for each in self.sent.values()):
            return "DUPLICATE_APPLICATION"
        if len([each for each in self.sent.values() if each.candidate == who and self._today(each.at)]) >= self.most:
            return "TOO_MANY_APPLICATIONS"
        self.sent[self.made] = Sent(candidacy, offer, self.now, self.years[candidacy], letter, self.now)
        self._tell(self.made)
        self.made += 1
        return DONE

    def step(self, who: str, number: int, target: str, behind: int) -> str:
        """By an employer, which has read a version so many steps behind."""
        if who in self.suspended:
            return "EMPLOYER_SUSPENDED"
        if (why := self._kept_from(number, lambda each: each.employer == who, behind)) is not None:
            return why
        if target not in (NEXT.get(self.sent[number].status), "DECLINED") or self.sent[number].status not in NEXT:
            return "APPLICATION_STEP_NOT_POSSIBLE"
        reason = {"DECLINED": "LANGUAGE", "INTERVIEW": "mardi", "OFFERED": "bienvenue"}.get(target)
        self._became(number, target, "EMPLOYER", reason)
        return DONE

    def withdraw(self, who: str, number: int, reason: str | None, behind: int) -> str:
        if (why := self._kept_from(number, lambda each: each.candidate == who, behind)) is not None:
            return why
        if self.sent[number].status not in NEXT:
            return "APPLICATION_STEP_NOT_POSSIBLE"
        self._became(number, "WITHDRAWN", "CANDIDATE", reason)
        return DONE

    def _kept_from(self, number: int, own: Callable[[Sent], bool], behind: int) -> str | None:
        if number not in self.sent or not own(self.sent[number]):
            return "NOT_FOUND"
        if behind:
            return "STALE_VERSION"
        return "APPLICATION_OFFER_CLOSED" if number in self.closing() else None

    def hide(self, candidate: str, employer: str) -> None:
        if (candidate, employer) not in self.hidden:
            self.hidden.add((candidate, employer))
            self._end(lambda each: (each.candidate, each.employer) == (candidate, employer), "CANDIDATE", None)

    def withdraw_candidacy(self, candidacy: str) -> None:
        self.published.discard(candidacy)
        self._end(lambda each: each.candidacy == candidacy, "SERVICE", "CANDIDACY_WITHDRAWN")

    def publish(self, candidacy: str) -> None:
        if CANDIDACIES[candidacy] in self.standing & self.abroad:
            self.published.add(candidacy)

    def deactivate(self, candidate: str) -> None:
        """Found in Canada. Where something is published the file ends two days later, else nothing can be published any more."""
        self.abroad.discard(candidate)
        theirs = {each for each in self.published if CANDIDACIES[each] == candidate}
        self.now += TWO_DAYS
        if theirs:
            self.published -= theirs
            self.standing.discard(candidate)
            self._end(lambda each: each.candidate == candidate, "SERVICE", "FILE_ENDED")

    def reopen(self, candidate: str) -> None:
        self.standing.add(candidate)
        self.abroad.add(candidate)

    def erase(self, candidate: str) -> None:
        """Nothing that names an application of the person stays; employers are told, which were written of none so far."""
        theirs = [number for number, each in self.sent.items() if each.candidate == candidate]
        self.letters += sorted({self.sent[each].employer for each in theirs})
        for number in theirs:
            del self.sent[number]
        for reader in EMPLOYERS:
            self.told[reader] = [each for each in self.told[reader] if each[0] not in theirs]
        self.told[candidate] = []
        self.gone.add(candidate)
        self.standing.discard(candidate)
        self.published -= {each for each in self.published if CANDIDACIES[each] == candidate}

    def end_offer(self, offer: str, status: str) -> None:
        """Closed, removed or run out. What that means for applications is done later."""
        self.offers[offer] = status
        self.owed += [offer] if status != "EXPIRED" else []

    def work(self) -> None:
        for offer in self.owed:
            self._end(lambda each, offer=offer: each.offer == offer, "SERVICE", f"OFFER_{self.offers[offer]}", "CLOSED")  # type: ignore[misc]
        self.owed = []

    # what is seen

    def listed(self, who: str) -> dict[int, Read]:
        return {number: found for number in self.sent if (found := self.read(who, number)) is not None}

    def read(self, who: str, number: int) -> Read | None:
        each = self.sent.get(number)
        if each is None or who not in (each.candidate, each.employer) or who in self.suspended:
            return None
        own = who == each.candidate
        shown = own or (each.status in STANDING and each.candidate in self.standing)
        follows = [] if each.status not in NEXT else ["WITHDRAWN"] if own else [NEXT[each.status], "DECLINED"]
        long = each.status in NEXT and self.now - each.moved >= TWENTY_DAYS
        return (
            each.status,
            each.years,
            shown,
            each.letter if shown else None,
            [] if number in self.closing() else follows,
            each.history,
            long,
        )

    def live(self) -> set[int]:
        return {number for number, each in self.sent.items() if each.status in NEXT}

    def closing(self) -> set[int]:
        """Whose offers were closed or removed, and which no worker has come to yet."""
        return {number for number in self.live() if self.offers[self.sent[number].offer] in ("CLOSED", "REMOVED")}

    def _today(self, instant: datetime) -> bool:
        return instant.astimezone(QUEBEC).date() == self.now.astimezone(QUEBEC).date()

    def _end(self, which: Callable[[Sent], bool], side: str, reason: str | None, status: str = "WITHDRAWN") -> None:
        for number in [number for number in self.live() if which(self.sent[number])]:
            self._became(number, status, side, reason)

    def _became(self, number: int, status: str, side: str, reason: str | None) -> None:
        self.sent[number].history.append((status, side, reason))
        self.sent[number].moved = self.now
        self._tell(number)

    def _tell(self, number: int) -> None:
        each = self.sent[number]
        for reader in (each.candidate, each.employer):
            self.told[reader].append((number, each.status))
