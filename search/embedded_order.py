"""Puts what a Tantivy query finds in an order without ties, and continues it after a given place.

Tantivy sorts by one field alone and leaves ties to chance: a tie at the end of a page is therefore asked for again,
ordered by the next key. An order continues at the same place however many documents came in meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from search.cursor import Place
from search.embedded_query import Relevance, Translator, all_of, any_of
from search.embedded_schema import ID_HIGH, ID_LOW, PAY, PUBLISHED, halves, whole


@dataclass(frozen=True)
class Key:
    field: str
    order: Order


NEWEST = (Key(PUBLISHED, Order.Desc), Key(ID_HIGH, Order.Asc), Key(ID_LOW, Order.Asc))
BEST_PAID = (Key(PAY, Order.Desc), *NEWEST)


@dataclass(frozen=True)
class Ordered:
    """Places in order, and how many there are in all."""

    places: list[Place]
    total: int


@dataclass(frozen=True)
class View:
    """One state of an index, and what is found in it."""

    searcher: Searcher
    translator: Translator
    found: Query

    def by_keys(self, keys: Sequence[Key], after: Place | None, limit: int) -> Ordered:
        """The first places in that order, or those that follow `after`."""
        limit = min(limit, self._most)
        if after is None:
            return self._in_order(self.found, keys, limit)
        following = all_of((self.found, self._beyond(keys, _values(keys, after))))
        return Ordered(self._in_order(following, keys, limit).places, count(self.searcher, self.found))

    def by_relevance(self, relevance: Relevance, after: Place | None, limit: int) -> Ordered:
        """The best score first, ties in the order of publication."""
        limit = min(limit, self._most)
        if after is None:
            return self._scored(relevance, self.found, limit)
        tied = all_of((relevance.exactly(after.score), self._beyond(NEWEST, _values(NEWEST, after))))
        following = all_of((self.found, any_of((relevance.below(after.score), tied))))
        return Ordered(self._scored(relevance, following, limit).places, count(self.searcher, self.found))

    @property
    def _most(self) -> int:
        """No more can be found than there is. Tantivy sets memory aside for whatever it is asked for."""
        return max(1, self.searcher.num_docs)

    def _in_order(self, query: Query, keys: Sequence[Key], limit: int) -> Ordered:
        key, *later = keys
        result = self.searcher.search(query, limit + 1, order_by_field=key.field, order=key.order)
        hits, total = result.hits, total_of(result)
        if not later or len(hits) <= limit or hits[limit][0] != hits[limit - 1][0]:
            return Ordered(self._sorted(keys, hits)[:limit], total)
        split = hits[limit][0]
        firm = self._sorted(keys, (hit for hit in hits if hit[0] != split))
        tied = all_of((query, self.translator.equal(key.field, split)))
        return Ordered(firm + self._in_order(tied, later, limit - len(firm)).places, total)

    def _sorted(self, keys: Sequence[Key], hits: Iterable[tuple[object, DocAddress]]) -> list[Place]:
        return sorted(self._places(hits), key=lambda place: _rank(keys, place))

    def _beyond(self, keys: Sequence[Key], values: Sequence[int]) -> Query:
        key, value = keys[0], values[0]
        ahead = self.translator.below if key.order == Order.Desc else self.translator.beyond
        query = ahead(key.field, value)
        if len(keys) == 1:
            return query
        return any_of((query, all_of((self.translator.equal(key.field, value), self._beyond(keys[1:], values[1:])))))

    def _scored(self, relevance: Relevance, query: Query, limit: int) -> Ordered:
        result = self.searcher.search(relevance.scoring(query), limit + 1)
        hits, total = [(round(score), address) for score, address in result.hits], total_of(result)
        split = hits[limit][0] if len(hits) > limit else -1
        firm = [hit for hit in hits if hit[0] > split]
        places = [place._replace(score=score) for (score, _), place in zip(firm, self._places(firm), strict=True)]
        places.sort(key=lambda place: (-place.score, *_rank(NEWEST, place)))
        if len(places) < min(limit, len(hits)):
            tied = self._in_order(all_of((query, relevance.exactly(split))), NEWEST, limit - len(places)).places
            places += [place._replace(score=split) for place in tied]
        return Ordered(places, total)

    def _places(self, hits: Iterable[tuple[object, DocAddress]]) -> list[Place]:
        addresses = [address for _, address in hits]
        columns = [self.searcher.fast_field_values(name, addresses) for name in (PUBLISHED, ID_HIGH, ID_LOW, PAY)]
        return [Place(published, whole(high, low), pay) for published, high, low, pay in zip(*columns, strict=True)]


def count(searcher: Searcher, query: Query) -> int:
    return total_of(searcher.search(Query.const_score_query(query, 0.0), 1))


def total_of(result: SearchResult) -> int:
    total: int = result.count  # type: ignore[attr-defined]  # which the library's stub leaves out
    return total


def _values(keys: Sequence[Key], place: Place) -> list[int]:
    high, low = halves(place.id)
    values = {PAY: place.pay, PUBLISHED: place.published, ID_HIGH: high, ID_LOW: low}
    return [values[key.field] for key in keys]


def _rank(keys: Sequence[Key], place: Place) -> list[int]:
    """What sorts places, ascending."""
    values = zip(keys, _values(keys, place), strict=True)
    return [-value if key.order == Order.Desc else value for key, value in values]
