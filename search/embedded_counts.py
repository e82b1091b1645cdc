"""How many documents have each value of a field, exactly. What was counted is kept for as long as the index stays as it is."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from models.clause import Clause
from search.embedded_order import View

USUAL_VALUES, MOST_VALUES = 1_000, 65_000
"""How many values of a field are counted: exact as long as there are no more."""
KEPT = 256
"""Counts of one field each, those asked for last: what everybody asks, such as the facets of everything, is among them."""

Counted = Mapping[str, int]


class Counts:
    """Safe between threads: two that ask for the same at once both count."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, Clause, str], Counted] = OrderedDict()
        self._lock = Lock()

    def of(self, view: View, state: int, found: Clause, fields: Sequence[str]) -> dict[str, Counted]:
        """The counts over what is found. `state` numbers the state of the index that the view is of, and `found` holds what is
        visible: the same for both is the same answer."""
        keys = {field: (state, found, field) for field in fields}
        with self._lock:
            answer = {field: self._kept[key] for field, key in keys.items() if key in self._kept}
        answer |= counted(view, [field for field in fields if field not in answer])
        with self._lock:
            for field, key in keys.items():
                self._kept[key] = answer[field]
                self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return answer


def counted(view: View, fields: Sequence[str], size: int = USUAL_VALUES) -> dict[str, Counted]:
    """An estimate, which is what more values than `size` would give, is replaced by a count of them all."""
    if not fields:
        return {}
    asked = {name: {"terms": {"field": name, "size": size, "segment_size": size}} for name in fields}
    answer = view.searcher.aggregate(view.found, asked)
    if size < MOST_VALUES and any(answer[name]["sum_other_doc_count"] for name in fields):
        return counted(view, fields, MOST_VALUES)
    return {name: {each["key"]: each["doc_count"] for each in answer[name]["buckets"]} for name in fields}
