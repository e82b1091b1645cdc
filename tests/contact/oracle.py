"""What contact requests are by the rules, restated without rows, sessions or anything of the program: the oracle that the real
acts are held against. Not a test itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DONE = "done"
THIRTY_DAYS, TWO_DAYS = timedelta(days=30), timedelta(hours=48)
QUEBEC = ZoneInfo("America/Toronto")
CANDIDACIES = {"k0": "c0", "k1": "c0", "k2": "c1"}
OFFERS = {"o0": "e0", "o1": "e0", "o2": "e0", "o3": "e1", "o4": "e1"}
CANDIDATES, EMPLOYERS = ("c0", "c1"), ("e0", "e1")
Key = tuple[str, str]
"""A candidacy and an offer: of the two there is one request, for good."""


@dataclass
class Asked:
    at: datetime
    status: str = "PENDING"
    reply: str | None = None


@dataclass
class Oracle:
    """`told` are the changes of each reader in order, `letters` what is owed by e-mail."""

    now: datetime
    most: int
    requests: dict[Key, Asked] = field(default_factory=dict)
    published: set[str] = field(default_factory=lambda: set(CANDIDACIES))
    open: set[str] = field(default_factory=lambda: set(OFFERS))
    standing: set[str] = field(default_factory=lambda: set(CANDIDATES))
    abroad: set[str] = field(default_factory=lambda: set(CANDIDATES))
    gone: set[str] = field(default_factory=set)
    suspended: set[str] = field(default_factory=set)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    told: dict[str, list[tuple[Key, str]]] = field(default_factory=lambda: {each: [] for each in CANDIDATES + EMPLOYERS})
    letters: Counter[tuple[str, Key | str]] = field(default_factory=Counter)

    # what is done

    def ask(self, employer: str, candidacy: str, offer: str) -> str:
        candidate = CANDIDACIES[candidacy]
        if employer in self.suspended:
            return "EMPLOYER_SUSPENDED" if OFFERS[offer] == employer else "NOT_FOUND"
        if OFFERS[offer] != employer or not self.sees(employer, candidacy):
            return "NOT_FOUND"
        if offer not in self.open:
            return "JOB_OFFER_NOT_OPEN"
        if (candidacy, offer) in self.requests:
            return "ALREADY_CONTACTED"
        today = self.now.astimezone(QUEBEC).date()
        of_today = [key for key in self._of(employer) if self.requests[key].at.astimezone(QUEBEC).date() == today]
        if len(of_today) >= self.most:
            return "TOO_MANY_CONTACT_REQUESTS"
        assert candidate not in self.gone
        self.requests[candidacy, offer] = Asked(self.now)
        self._became((candidacy, offer), "PENDING", "made")
        return DONE

    def answer(self, who: str, key: Key, status: str, reply: str | None) -> str:
        if key not in self.requests or CANDIDACIES[key[0]] != who:
            return "NOT_FOUND"
        if self.status(key) != "PENDING":
            return "CONTACT_NOT_PENDING"
        if status == "ACCEPTED" and OFFERS[key[1]] in self.suspended:
            return "CONTACT_NOT_POSSIBLE"
        self.requests[key].reply = reply
        self._became(key, status, status.lower())
        return DONE

    def withdraw_consent(self, who: str, key: Key) -> str:
        if key not in self.requests or CANDIDACIES[key[0]] != who:
            return "NOT_FOUND"
        if self.status(key) != "ACCEPTED":
            return "CONTACT_NOT_ACCEPTED"
        self._became(key, "CANCELLED", "ended")
        return DONE

    def cancel(self, employer: str, key: Key) -> str:
        if key not in self.requests or OFFERS[key[1]] != employer:
            return "NOT_FOUND"
        if employer in self.suspended:
            return "EMPLOYER_SUSPENDED"
        if self.status(key) != "PENDING":
            return "CONTACT_NOT_PENDING"
        self._became(key, "CANCELLED", None)
        return DONE

    def hide(self, candidate: str, employer: str) -> None:
        if (candidate, employer) not in self.hidden:
            self.hidden.add((candidate, employer))
            self._end(key for key in self._of(employer) if CANDIDACIES[key[0]] == candidate)

    def withdraw(self, candidacy: str) -> None:
        self.published.discard(candidacy)
        waiting = [key for key in self.requests if key[0] == candidacy and self.requests[key].status == "PENDING"]
        self._end(iter(waiting))

    def publish(self, candidacy: str) -> None:
        if CANDIDACIES[candidacy] in self.standing & self.abroad:
            self.published.add(candidacy)

    def deactivate(self, candidate: str) -> None:
        """Found in Canada. Where something is published the file ends two days later, else nothing can be published any more."""
        self.abroad.discard(candidate)
        theirs = {each for each in self.published if CANDIDACIES[each] == candidate}
        self.now += TWO_DAYS
        self.work()
        if theirs:
            self.published -= theirs
            self.standing.discard(candidate)
            self._end(key for key in list(self.requests) if CANDIDACIES[key[0]] == candidate)

    def reopen(self, candidate: str) -> None:
        self.standing.add(candidate)
        self.abroad.add(candidate)

    def erase(self, candidate: str) -> None:
        """Nothing that names a request of the person stays; who waited for an answer, had one that stood, or has not been written
        how it ended is told."""
        for key in [key for key in self.requests if CANDIDACIES[key[0]] == candidate]:
            unwritten = any(self.letters[what, key] for what in ("declined", "lapsed", "ended"))
            if self.requests.pop(key).status in ("PENDING", "ACCEPTED") or unwritten:
                self.letters["gone", OFFERS[key[1]]] += 1
            self.letters = Counter({owed: count for owed, count in self.letters.items() if owed[1] != key})
            for reader in EMPLOYERS:
                self.told[reader] = [each for each in self.told[reader] if each[0] != key]
        self.told[candidate] = []
        self.gone.add(candidate)
        self.standing.discard(candidate)
        self.published -= {each for each in self.published if CANDIDACIES[each] == candidate}

    def work(self) -> None:
        """What has lapsed is marked, the oldest first."""
        for key in sorted(self.requests, key=lambda each: self.requests[each].at):
            if self.requests[key].status == "PENDING" and self.status(key) == "CANCELLED":
                self._became(key, "CANCELLED", "lapsed")

    # what is seen

    def sees(self, employer: str, candidacy: str) -> bool:
        candidate = CANDIDACIES[candidacy]
        return candidacy in self.published and candidate in self.standing and (candidate, employer) not in self.hidden

    def status(self, key: Key) -> str:
        asked = self.requests[key]
        return "CANCELLED" if asked.status == "PENDING" and self.now >= asked.at + THIRTY_DAYS else asked.status

    def knows(self, employer: str, key: Key) -> bool:
        """Whether a request tells the employer who the candidate is."""
        agreed = OFFERS[key[1]] == employer and self.requests[key].status == "ACCEPTED"
        return agreed and employer not in self.suspended and CANDIDACIES[key[0]] in self.standing

    def person_of(self, employer: str, candidacy: str) -> bool:
        return any(key[0] == candidacy and self.knows(employer, key) for key in self.requests)

    def _of(self, employer: str) -> list[Key]:
        return [key for key in self.requests if OFFERS[key[1]] == employer]

    def _end(self, keys: Iterator[Key]) -> None:
        for key in list(keys):
            if self.requests[key].status in ("PENDING", "ACCEPTED"):
                self._became(key, "CANCELLED", "ended")

    def _became(self, key: Key, status: str, letter: str | None) -> None:
        self.requests[key].status = status
        for reader in (CANDIDACIES[key[0]], OFFERS[key[1]]):
            self.told[reader].append((key, status))
        if letter:
            self.letters[letter, key] += 1
