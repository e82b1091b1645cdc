"""Seeded draws. One draw for each object, so that an object never depends on how many others are made."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Weighted(Generic[T]):
    """Things to draw from, with the running sums of their weights."""

    items: tuple[T, ...]
    sums: tuple[float, ...]

    @classmethod
    def of(cls, weights: Iterable[tuple[T, float]]) -> "Weighted[T]":
        pairs = [(item, weight) for item, weight in weights if weight > 0]
        return cls(tuple(item for item, _ in pairs), tuple(accumulate(weight for _, weight in pairs)))

    @classmethod
    def by_rank(cls, items: Iterable[T], exponent: float) -> "Weighted[T]":
        """Zipf: the first is drawn most; a higher exponent makes the tail rarer."""
        return cls.of((item, (rank + 1) ** -exponent) for rank, item in enumerate(items))


class Draw:
    """The choices of one object. The same seed and name always give the same choices."""

    def __init__(self, seed: int, name: str) -> None:
        self._uniform = Random(f"{seed}/{name}").random

    def chance(self, probability: float) -> bool:
        return self._uniform() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._uniform() * (high - low + 1))

    def one(self, items: Sequence[T]) -> T:
        return items[int(self._uniform() * len(items))]

    def of(self, weighted: Weighted[T]) -> T:
        return weighted.items[bisect(weighted.sums, self._uniform() * weighted.sums[-1])]

    def some(self, weighted: Weighted[T], count: int) -> tuple[T, ...]:
        """Up to `count` different ones, in the order drawn; fewer when the same come up again."""
        return tuple(dict.fromkeys(self.of(weighted) for _ in range(count)))

    def distinct(self, items: Sequence[T], count: int) -> list[T]:
        """Exactly `count` different ones, or all there are, from a random place on."""
        start = self.between(0, len(items) - 1)
        return [items[(start + step) % len(items)] for step in range(min(count, len(items)))]
