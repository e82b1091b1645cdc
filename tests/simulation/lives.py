"""What the people of a simulation take it into their heads to do, and when. Each act is done in the service and in the oracle,
and has to come to the same."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from models.language import Language
from tests.simulation.oracle_days import DAY, at_eight, day_of
from tests.simulation.oracle_file import Certificate, File
from tests.simulation.people import Person
from tests.simulation.running import Simulation

WORDS = ["RECOGNISED"] * 12 + ["NOT_RECOGNISED", "NO_INVITATION_LETTER", "RESIDES_IN_QUEBEC", "RESIDES_IN_CANADA"]
LEAP_DAY = date(2024, 2, 29)


class Lives:
    def __init__(self, simulation: Simulation, until: datetime) -> None:
        self.simulation, self.until = simulation, until
        self.random: Random = simulation.random
        self.oracle, self.acting, self.counts = simulation.oracle, simulation.acting, simulation.counts
        self.numbers = 0

    # when

    def sitting(self, day: date) -> datetime:
        """Most people act at one of two moments of a day, so that the clock stands still less often."""
        random = Random(f"{day} {self.random.randint(1, 2)}")
        return at_eight(day) + timedelta(minutes=random.randint(-8 * 60 + 1, 15 * 60))

    def plan(self, person: Person, at: datetime, act: str, *arguments: object) -> None:
        async def event() -> None:
            await getattr(self, act)(person, *arguments)

        if at < self.until:
            self.simulation.later(at, event)

    def plan_next(self, person: Person, least: float = 1) -> None:
        days = least + self.random.expovariate(1 / 170)
        self.plan(person, self.sitting(day_of(self.simulation.now + timedelta(days=days))), "live")

    # who

    def new_certificate(self) -> Certificate:
        self.numbers += 1
        today = day_of(self.simulation.now)
        issued = today - timedelta(days=self.random.randint(0, 700))
        if self.random.random() < 0.08:
            issued = LEAP_DAY
        expires = max(issued + timedelta(days=self.random.randint(500, 1900)), today + DAY)
        word = self.random.choice(WORDS)
        late = word == "RECOGNISED" and self.random.random() < 0.1
        return Certificate(f"{self.numbers:09}", issued, expires, word, late)

    async def arrive(self, person: Person) -> None:
        """Registers until it comes to a file."""
        while person.name not in self.oracle.files:
            certificate = self.new_certificate()
            if self.random.random() < 0.02 and self.oracle.files:
                certificate = replace(self.random.choice(list(self.oracle.files.values())).certificate)
            self.same(
                "register",
                person,
                self.oracle.register(person.name, certificate),
                await self.acting.register(person, certificate),
            )
        if self.random.random() < 0.96:
            await self.confirm(person)
        else:
            self.plan(person, self.sitting(day_of(self.simulation.now + timedelta(days=self.random.randint(1, 60)))), "confirm")
        assert await self.acting.sign_in(person) is None
        for number in range(self.random.choice((1, 1, 2, 2, 3))):
            await self.acting.write(person, key := f"{person.name}.{number}")
            self.oracle.files[person.name].candidacies[key] = self.oracle.candidacy(key)
        self.simulation.watcher.know(person)
        self.plan_next(person, least=0)

    async def confirm(self, person: Person) -> None:
        self.counts["acts: confirmEmail"] += 1
        await self.acting.confirm(person)
        self.oracle.files[person.name].confirmed = self.simulation.now

    def same(self, act: str, person: Person, foretold: str | None, came: str | None) -> None:
        assert came == foretold, f"{self.simulation.now}: {act} of {person.name} came to {came} and not {foretold}"
        self.counts[f"acts: {act}"] += 1
        if came:
            self.counts[f"refusals: {came}"] += 1

    # what

    async def live(self, person: Person) -> None:
        file = self.oracle.files[person.name]
        acts, weights = zip(*self._likely(file).items(), strict=True)
        await getattr(self, self.random.choices(acts, weights)[0])(person)
        self.plan_next(person)

    def _likely(self, file: File) -> dict[str, float]:
        if file.state == "DEACTIVATED":
            return {"publish": 3, "reopen": 5}
        if file.state in ("PENDING", "CLOSED"):
            return {"publish": 3, "correct": 4, "move": 2, "declare_abroad": 1, "report": 1, "reopen": 1}
        if file.residence != "ABROAD":
            return {"publish": 2, "withdraw": 2, "declare_abroad": 6, "reopen": 2, "correct": 1, "move": 1, "report": 1}
        return {"publish": 24, "withdraw": 6, "correct": 6, "move": 4, "report": 3, "declare_abroad": 1, "reopen": 1}

    async def _enter(self, person: Person) -> bool:
        """Whether the person is signed in, or can sign in again."""
        file = self.oracle.files[person.name]
        if not file.signed_out:
            return True
        key = next(iter(person.candidacies))
        refused = "ACCOUNT_DEACTIVATED" if file.state == "DEACTIVATED" else None
        self.same("publish without a session", person, refused or "SESSION_ENDED", await self.acting.publish(person, key))
        self.same("signIn", person, refused, await self.acting.sign_in(person))
        file.signed_out = refused is not None
        return refused is None

    async def publish(self, person: Person, key: str | None = None) -> None:
        if not await self._enter(person):
            return
        file = self.oracle.files[person.name]
        hidden = [key for key, each in file.candidacies.items() if not each.visible(day_of(self.simulation.now))]
        key = key or self.random.choice(hidden or list(file.candidacies))
        refused = self.oracle.publish(person.name, key)
        self.same("publish", person, refused, await self.acting.publish(person, key))
        if refused is None:
            self._after_publishing(person, key)

    def _after_publishing(self, person: Person, key: str) -> None:
        period = self.oracle.files[person.name].candidacies[key].publication
        assert period is not None
        left = (period.ends - day_of(self.simulation.now)).days
        self.counts["publications on the last day"] += left == 0
        self.counts["publications in the last week"] += 0 < left < 7
        leapling = self.oracle.files[person.name].certificate.issued == LEAP_DAY
        self.counts["publications of a certificate issued on 29 February"] += leapling
        ends, chance = period.ends, self.random.random
        for likely, least, most in ((0.5, 1, 12), (0.12, -6, -1), (0.06, 0, 0)):
            if chance() < likely:
                day = ends + timedelta(days=self.random.randint(least, most))
                self.plan(person, self.sitting(day), "publish" if least >= 0 else "withdraw", key)
                if least < 0 or most == 0:
                    self.plan(person, self.sitting(day + timedelta(days=self.random.randint(0, 3))), "publish", key)
        if chance() < 0.08 and len(person.candidacies) > 1:
            self.plan(person, self.sitting(ends), "publish")

    async def withdraw(self, person: Person, key: str | None = None) -> None:
        if not await self._enter(person):
            return
        file = self.oracle.files[person.name]
        shown = [each.key for each in file.visible(day_of(self.simulation.now))]
        key = key or self.random.choice(shown or list(file.candidacies))
        self.same("withdraw", person, self.oracle.withdraw(person.name, key), await self.acting.withdraw(person, key))

    async def correct(self, person: Person) -> None:
        if not await self._enter(person):
            return
        old = self.oracle.files[person.name].certificate
        new = self._corrected(old)
        self.same("correct", person, self.oracle.correct(person.name, new), await self.acting.correct(person, new))
        self._after_finding(person)

    def _corrected(self, old: Certificate) -> Certificate:
        """Another certificate, or the same one with other dates."""
        new, chance = self.new_certificate(), self.random.random()
        if chance < 0.06:
            return replace(
                self.random.choice(list(self.oracle.files.values())).certificate, issued=new.issued, expires=new.expires
            )
        if chance < 0.55:
            days = timedelta(days=self.random.choice((-200, -30, -3, -1, 1, 3, 30, 200)))
            issued = min(old.issued + days, day_of(self.simulation.now))
            return replace(old, issued=issued, expires=max(old.expires + self.random.choice((-2, 0, 0, 1)) * days, issued + DAY))
        return new

    async def declare_abroad(self, person: Person) -> None:
        await self.move(person, "ABROAD")

    async def move(self, person: Person, place: str | None = None) -> None:
        if not await self._enter(person):
            return
        place = place or self.random.choice(("QUEBEC", "CANADA"))
        self.same("declare", person, self.oracle.declare(person.name, place), await self.acting.declare(person, place))
        self._after_finding(person)

    async def report(self, person: Person) -> None:
        place = self.random.choice(("QUEBEC", "CANADA"))
        self.same("report", person, self.oracle.report(person.name, place), await self.acting.report(person, place))
        self._after_finding(person)

    def _after_finding(self, person: Person) -> None:
        """Some withdraw all in time, some at the last minute, some in part, some do nothing, some say that they live abroad."""
        file, now = self.oracle.files[person.name], self.simulation.now
        case = file.open_case
        if case is None or case.opened != now:
            return
        shown, chance = [each.key for each in file.visible(day_of(now))], self.random.random()
        leave = shown if chance < 0.45 else shown[1:] if chance < 0.6 else []
        for key in leave:
            minutes = self.random.choice((60 * 48 - 1, self.random.randint(1, 60 * 47), self.random.randint(1, 60 * 47)))
            self.plan(person, now + timedelta(minutes=minutes), "withdraw", key)
        if 0.6 < chance < 0.8:
            self.plan(person, now + timedelta(hours=self.random.randint(1, 47)), "declare_abroad")
        if chance > 0.9:
            self.plan(person, now + timedelta(hours=self.random.randint(1, 60)), "report")

    async def reopen(self, person: Person) -> None:
        self.same("reopen", person, self.oracle.reopen(person.name), await self.acting.reopen(person))


def languages(number: int) -> Language:
    return Language.FR if number % 2 else Language.EN
