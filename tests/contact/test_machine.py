"""Whatever employers, candidates, agents and time do in whichever order, requests are what the oracle says: what each side reads,
who is known to whom, what each is told live and by letter."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from models.employer import EmployerStatus
from tests.conftest import NOW
from tests.contact.acting import open_stage
from tests.contact.oracle import CANDIDACIES, CANDIDATES, EMPLOYERS, OFFERS, Oracle
from tests.real_parts import LONG

A_DAY = 3
"""Requests of an employer, so that the limit is met."""
LONGEST_LIFE = 300
"""Days: the publications end after that."""
keys = st.tuples(st.sampled_from(sorted(CANDIDACIES)), st.sampled_from(sorted(OFFERS)))
candidates, employers, replies = st.sampled_from(CANDIDATES), st.sampled_from(EMPLOYERS), st.sampled_from([None, "Oui.", "Non."])
anybody, sure = st.sampled_from(CANDIDATES), st.integers(0, 2).map(lambda drawn: drawn == 0)


class Contact(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(mkdtemp(prefix="contact-"))
        shutil.copy(self.template, self.folder / "placement.db")
        self.real = self.runner.run(open_stage(f"sqlite+aiosqlite:///{self.folder}/placement.db", self.folder / "search"))
        self.oracle = Oracle(NOW, A_DAY)

    def teardown(self) -> None:
        self.runner.run(self.real.stack.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)

    def both(self, name: str, *args: Any) -> None:
        """The same is done here and there, and comes to the same."""
        expected = getattr(self.oracle, name)(*args)
        assert self.runner.run(getattr(self.real, name)(*args)) == expected

    @initialize(wanted=st.lists(keys, min_size=3, max_size=5, unique=True), accepted=st.integers(1, 2))
    def begin(self, wanted: list[tuple[str, str]], accepted: int) -> None:
        for key in wanted:
            self.both("ask", OFFERS[key[1]], *key)
        for key in wanted[:accepted]:
            self.both("answer", CANDIDACIES[key[0]], key, "ACCEPTED", "Oui.")

    @rule(key=keys)
    def ask(self, key: tuple[str, str]) -> None:
        self.both("ask", OFFERS[key[1]], *key)

    @rule(employer=employers, key=keys)
    def ask_as_anybody(self, employer: str, key: tuple[str, str]) -> None:
        self.both("ask", employer, *key)

    @rule(who=anybody, key=keys, status=st.sampled_from(["ACCEPTED", "DECLINED"]), reply=replies)
    def answer(self, who: str, key: tuple[str, str], status: str, reply: str | None) -> None:
        if who not in self.oracle.gone:
            self.both("answer", who, key, status, reply)

    @precondition(lambda self: self.oracle.requests)
    @rule(data=st.data(), status=st.sampled_from(["ACCEPTED", "ACCEPTED", "DECLINED"]), reply=replies)
    def answer_one(self, data: st.DataObject, status: str, reply: str | None) -> None:
        key = data.draw(st.sampled_from(sorted(self.oracle.requests)))
        self.both("answer", CANDIDACIES[key[0]], key, status, reply)

    @precondition(lambda self: self.oracle.requests)
    @rule(data=st.data(), employer=employers)
    def cancel(self, data: st.DataObject, employer: str) -> None:
        self.both("cancel", employer, data.draw(st.sampled_from(sorted(self.oracle.requests))))

    @precondition(lambda self: self.oracle.requests)
    @rule(data=st.data(), who=anybody)
    def withdraw_consent(self, data: st.DataObject, who: str) -> None:
        if who not in self.oracle.gone:
            self.both("withdraw_consent", who, data.draw(st.sampled_from(sorted(self.oracle.requests))))

    @rule(candidate=candidates, employer=employers)
    def hide(self, candidate: str, employer: str) -> None:
        if candidate in self.oracle.standing:
            self.both("hide", candidate, employer)

    @rule(candidate=candidates, employer=employers)
    def show(self, candidate: str, employer: str) -> None:
        if candidate in self.oracle.standing:
            self.runner.run(self.real.show(candidate, employer))
            self.oracle.hidden.discard((candidate, employer))

    @rule(candidacy=st.sampled_from(sorted(CANDIDACIES)))
    def withdraw(self, candidacy: str) -> None:
        if candidacy in self.oracle.published:
            self.both("withdraw", candidacy)

    @rule(candidacy=st.sampled_from(sorted(CANDIDACIES)))
    def publish(self, candidacy: str) -> None:
        if CANDIDACIES[candidacy] in self.oracle.standing:
            self.both("publish", candidacy)

    @rule(candidate=candidates, sure=sure)
    def deactivate(self, candidate: str, sure: bool) -> None:
        if sure and candidate in self.oracle.standing & self.oracle.abroad and self._young():
            self.both("deactivate", candidate)

    @rule(candidate=candidates)
    def reopen(self, candidate: str) -> None:
        if candidate not in self.oracle.gone and candidate not in self.oracle.abroad:
            self.both("reopen", candidate)

    @rule(candidate=candidates, sure=sure, quite=sure)
    def erase(self, candidate: str, sure: bool, quite: bool) -> None:
        """Seldom: there is little left to do after."""
        if sure and quite and candidate in self.oracle.standing:
            self.both("erase", candidate)

    @rule(offer=st.sampled_from(sorted(OFFERS)), sure=sure)
    def close(self, offer: str, sure: bool) -> None:
        if sure and offer in self.oracle.open:
            self.runner.run(self.real.close(offer))
            self.oracle.open.discard(offer)

    @rule(employer=employers, sure=sure)
    def suspend_or_authenticate(self, employer: str, sure: bool) -> None:
        if employer not in self.oracle.suspended and not sure:
            return
        self.oracle.suspended ^= {employer}
        status = EmployerStatus.SUSPENDED if employer in self.oracle.suspended else EmployerStatus.AUTHENTICATED
        self.runner.run(self.real.stand(employer, status))

    @rule(hours=st.integers(1, 24 * 15))
    def time_passes(self, hours: int) -> None:
        if self._young():
            self.real.clock.move(hours=hours)
            self.oracle.now = self.real.clock()

    @precondition(lambda self: any(each.status == "PENDING" for each in self.oracle.requests.values()))
    @rule(seconds=st.sampled_from([-1, 0]))
    def the_moment_of_a_lapse(self, seconds: int) -> None:
        lapses = min(each.at for each in self.oracle.requests.values() if each.status == "PENDING") + timedelta(days=30)
        self.real.clock.instant = max(lapses + timedelta(seconds=seconds), self.oracle.now)
        self.oracle.now = self.real.clock()

    @rule()
    def work(self) -> None:
        self.both("work")

    def _young(self) -> bool:
        return (self.oracle.now - NOW).days < LONGEST_LIFE

    @invariant()
    def each_side_reads_what_it_may(self) -> None:
        for number, key in enumerate(self.oracle.requests):
            candidate, employer = CANDIDACIES[key[0]], OFFERS[key[1]]
            status, reply = self.oracle.status(key), self.oracle.requests[key].reply
            assert self.runner.run(self.real.read(candidate, key)) == (status, reply, False)
            shown = None if status == "CANCELLED" or employer in self.oracle.suspended else reply
            assert self.runner.run(self.real.read(employer, key)) == (status, shown, self.oracle.knows(employer, key))
            for stranger in {*CANDIDATES, *EMPLOYERS} - {candidate, employer} if number == 0 else ():
                assert self.runner.run(self.real.read(stranger, key)) is None

    @invariant()
    def a_profile_tells_who_it_is_to_whom_that_was_agreed(self) -> None:
        for employer in set(EMPLOYERS) - self.oracle.suspended:
            seen = {each: self.oracle.person_of(employer, each) for each in CANDIDACIES if self.oracle.sees(employer, each)}
            assert self.runner.run(self.real.profiles(employer)) == seen

    @invariant()
    def everybody_is_told_once_in_order(self) -> None:
        for who in (*CANDIDATES, *EMPLOYERS):
            positions, told = self.runner.run(self.real.told(who))
            assert sorted(told) == sorted(self.oracle.told[who])
            for key in {key for key, _ in told}:
                assert [what for of, what in told if of == key] == [what for of, what in self.oracle.told[who] if of == key]
            assert positions == sorted(set(positions))
            assert self.oracle.gone or positions == list(range(1, len(positions) + 1))

    @invariant()
    def every_letter_is_owed_once(self) -> None:
        assert self.runner.run(self.real.letters()) == self.oracle.letters


@pytest.mark.parametrize("runs", [200 if LONG else 3])
def test_requests_are_what_the_rules_say(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, runs: int) -> None:
    monkeypatch.setattr("resolvers.contact_request.A_DAY", A_DAY)
    monkeypatch.setattr(Contact, "template", sqlite_template, raising=False)
    checked = settings(
        max_examples=runs,
        stateful_step_count=50,
        deadline=None,
        derandomize=not LONG,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if LONG else (Phase.generate,),
    )
    run_state_machine_as_test(Contact, settings=checked)
