"""What the counts of a facet give away: for whoever adds and subtracts, every small count could be one and could be two."""

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, product

import pytest

from models.disclosure import FEWEST_TOLD, kept_back

SMALL = range(1, FEWEST_TOLD)


def facets(values: int, most: int) -> Iterator[dict[str, int]]:
    """Every way in which so many values may be counted, in no order."""
    for counts in combinations_with_replacement(range(1, most + 1), values):
        yield {f"v{number}": count for number, count in enumerate(counts)}


def possible(counts: Mapping[str, int], total: int) -> dict[str, set[int]]:
    """What each small count could be, of documents with one value each: the worst case, since then the counts add up."""
    kept = kept_back(counts)
    few = [value for value, count in counts.items() if count < FEWEST_TOLD]
    left = total - sum(count for value, count in counts.items() if value not in kept and value not in few)
    could: dict[str, set[int]] = {value: set() for value in few}
    for guess in product(SMALL, repeat=len(few)):
        rest = left - sum(guess)
        if rest == 0 if not kept else rest >= FEWEST_TOLD * len(kept):
            for value, count in zip(few, guess, strict=True):
                could[value].add(count)
    return could


@pytest.mark.parametrize("values", [2, 3, 4])
def test_every_small_count_could_be_one_and_could_be_two(values: int) -> None:
    """But where no count of more than three is there to be kept back."""
    for counts in facets(values, most=8):
        if max(counts.values()) > FEWEST_TOLD:
            could = possible(counts, sum(counts.values()))
            assert all(each == set(SMALL) for each in could.values()), counts


def test_seven_of_which_five_are_told_would_tell_of_the_other_two() -> None:
    assert kept_back({"FR": 5, "TN": 2}) == {"FR"}


def test_nothing_is_kept_back_where_no_count_is_small_and_as_little_as_is_enough_elsewhere() -> None:
    assert kept_back({}) == kept_back({"a": 3, "b": 12}) == set()
    assert kept_back({"a": 1, "b": 4, "c": 120, "d": 4}) == {"b"}
    assert kept_back({"a": 1, "b": 3, "c": 3, "d": 9, "e": 80}) == {"b", "c", "d"}


def test_of_values_that_are_all_small_the_total_may_tell() -> None:
    """What the decision admits: whoever finds so few sees all of them."""
    assert possible({"a": 2, "b": 2}, 4) == {"a": {2}, "b": {2}}
