"""What an import tells of itself: every bad line as it is met, and the sums at the end."""

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from commands.import_entry import Outcome
from commands.progress import Bar
from commands.reasons import operator_language, reason
from errors import Refused
from models.language import Language
from texts.catalogue import text

LISTED = 20
"""Numbers of bad lines that the summary repeats."""


@dataclass
class Report:
    language: Language = field(default_factory=operator_language)
    counts: Counter[Outcome] = field(default_factory=Counter)
    bad: int = 0
    first_bad: list[int] = field(default_factory=list)

    def say(self, key: str, **facts: str) -> str:
        return text(key, self.language, **facts)

    def note(self, outcomes: Mapping[int, Outcome | Refused], bar: Bar) -> None:
        """By the number of the line."""
        for number, outcome in sorted(outcomes.items()):
            if isinstance(outcome, Refused):
                bar.say(self.say("IMPORT_BAD_LINE", number=str(number), reason=reason(outcome, self.language)), sys.stderr)
                self.bad += 1
                self.first_bad += [number] if self.bad <= LISTED else []
            else:
                self.counts[outcome] += 1

    def summary(self) -> str:
        sums = {outcome.value: f"{self.counts[outcome]:,}" for outcome in Outcome}
        told = self.say("IMPORT_SUMMARY", **sums, bad=f"{self.bad:,}")
        return f"{told}\n{self._bad_lines()}" if self.bad else told

    def _bad_lines(self) -> str:
        more = [self.say("IMPORT_AND_MORE", count=f"{self.bad - LISTED:,}")] if self.bad > LISTED else []
        return self.say("IMPORT_BAD_LINES", numbers=" ".join([", ".join(map(str, self.first_bad)), *more]))
