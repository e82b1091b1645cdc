"""A search request as the server takes it, and the page that its answer makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.clause import Clause, Everything, all_of, shared, without_parts
from search.cursor import Place, decode, encode, fingerprint
from search.elastic_query import STANDING, Body, filter_of, scores_of
from search.engine import Hit, Order, Page, SearchRequest
from search.layout import facet_field
from search.relevance import scored

USUAL_VALUES, MOST_VALUES = 1_000, 65_000
"""How many values of a field are counted: exact as long as there are no more."""
COUNTS = "counts"
"""Where the counts of a facet are that is counted over something of its own."""
NEWEST: Sequence[Body] = ({"published": "desc"}, {"id": "asc"})


@dataclass(frozen=True)
class Question:
    """`lead` is what sorts before the time of publication, if anything: it leads the sort values of every hit."""

    request: SearchRequest
    mark: str
    after: Place | None
    scores: Sequence[Body]

    @classmethod
    def of(cls, request: SearchRequest) -> "Question":
        """Raises Invalid for a cursor of another request."""
        mark = fingerprint("elasticsearch", request)
        after = None if request.after is None else decode(mark, request.after)
        return cls(request, mark, after, scores_of(request.kind, scored(request)))

    @property
    def lead(self) -> str | None:
        if self.scores:
            return "_score"
        return "pay" if self.request.order is Order.SALARY else None

    def body(self, values: int = USUAL_VALUES) -> dict[str, object]:
        """`values` is how many values a facet counts. Only sort values come back with a hit: its id is among them."""
        request = self.request
        common = shared([request.clause, *map(request.counted, request.facets)])
        found = {"filter": [STANDING, filter_of(request.kind, all_of((request.visibility, common)))]}
        after = {} if self.after is None else {"search_after": self._sort_values(self.after)}
        return {
            "query": {"bool": {**found, "should": self.scores, "minimum_should_match": 0}},
            "size": self.request.first + 1,
            "sort": [*([{self.lead: "desc"}] if self.lead else []), *NEWEST],
            "track_total_hits": self.request.with_total,
            "stored_fields": "_none_",
            "aggs": {name: self._counting(name, common, values) for name in request.facets},
            **self._narrowing(common),
            **after,
        }

    def _narrowing(self, common: Clause) -> dict[str, Body]:
        """What the hits must have beside what they share with everything that is counted."""
        own = without_parts(self.request.clause, common)
        return {} if isinstance(own, Everything) else {"post_filter": filter_of(self.request.kind, own)}

    def _counting(self, facet: str, common: Clause, values: int) -> Body:
        terms = {"terms": {"field": facet_field(self.request.kind, facet), "size": values}}
        own = without_parts(self.request.counted(facet), common)
        if isinstance(own, Everything):
            return terms
        return {"filter": filter_of(self.request.kind, own), "aggs": {COUNTS: terms}}

    def counts_are_exact(self, answer: Mapping[str, Any]) -> bool:
        counted = _counted(answer).values()
        return not any(each["sum_other_doc_count"] or each["doc_count_error_upper_bound"] for each in counted)

    def page(self, answer: Mapping[str, Any]) -> Page:
        found = answer["hits"]["hits"]
        places = [self._place(hit["sort"]) for hit in found[: self.request.first]]
        return Page(
            hits=[Hit(each.id, encode(self.mark, each), each.score if self.scores else None) for each in places],
            total=answer["hits"]["total"]["value"] if self.request.with_total else 0,
            has_next=len(found) > self.request.first,
            facets={
                name: {each["key"]: each["doc_count"] for each in counted["buckets"]}
                for name, counted in _counted(answer).items()
            },
        )

    def _sort_values(self, place: Place) -> list[object]:
        lead = {"_score": place.score, "pay": place.pay}
        return [*([lead[self.lead]] if self.lead else []), place.published, str(place.id)]

    def _place(self, values: Sequence[Any]) -> Place:
        *lead, published, id_ = values
        place = Place(published, UUID(id_))
        if self.lead == "_score":
            return place._replace(score=round(lead[0]))
        return place._replace(pay=lead[0]) if lead else place


def _counted(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each.get(COUNTS, each) for name, each in answer.get("aggregations", {}).items()}
