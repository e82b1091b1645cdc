"""Puts what a Tantivy query finds in an order without ties, and continues it after a given place.

Tantivy sorts by one field alone and leaves ties to chance: a tie at the end of a page is therefore asked for again,
ordered by the next key. An order by keys continues at the same place however many documents came in meanwhile."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from search.cursor import Place
from search.embedded_query import Translator, all_of, any_of, scoring
from search.embedded_schema import ID_HIGH, ID_LOW, PAY, PUBLISHED, halves, whole

SLACK = 100
"""How many places a hit may have moved in the order of relevance and still be recognised by its id."""

USUAL_TIE = 64
"""How many hits of one score are fetched before it is known how many there are."""


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

    def by_relevance(self, relevance: Query, after: Place | None, limit: int) -> Ordered:
        """The most relevant first, ties in the order of publication. Scores move with whatever is written between two
        pages: the last hit is then looked for by its id, and one shown twice is preferred to one left out."""
        query = scoring(self.found, relevance)
        if after is None:
            ranked = self._ranked(query, 0, limit)
            return Ordered(ranked.places[:limit], ranked.total)
        ranked = self._ranked(query, after.above, after.rank + 1 + limit)
        if after.rank < len(ranked.places) and ranked.places[after.rank].id == after.id:
            return Ordered(ranked.places[after.rank + 1 :][:limit], ranked.total)
        start = max(0, after.above - SLACK)
        expected = after.above + after.rank - start
        ranked = self._ranked(query, start, expected + limit + SLACK)
        next_one = next((index + 1 for index, place in enumerate(ranked.places) if place.id == after.id), expected)
        return Ordered(ranked.places[next_one:][:limit], ranked.total)

    @property
    def _most(self) -> int:
        """No more can be found than there is. Tantivy sets memory aside for whatever it is asked for."""
        return max(1, self.searcher.num_docs)

    def _in_order(self, query: Query, keys: Sequence[Key], limit: int) -> Ordered:
        key, *later = keys
        result = self.searcher.search(query, limit + 1, order_by_field=key.field, order=key.order)
        hits, total = result.hits, total_of(result)
        if not later or len(hits) <= limit or hits[limit][0] != hits[limit - 1][0]:
            return Ordered(self._sorted(keys, (address for _, address in hits))[:limit], total)
        split = hits[limit][0]
        firm = self._sorted(keys, (address for value, address in hits if value != split))
        tied = all_of((query, self.translator.equal(key.field, split)))
        return Ordered(firm + self._in_order(tied, later, limit - len(firm)).places, total)

    def _sorted(self, keys: Sequence[Key], addresses: Iterable[DocAddress]) -> list[Place]:
        return sorted(self._places(list(addresses)), key=lambda place: _rank(keys, place))

    def _beyond(self, keys: Sequence[Key], values: Sequence[int]) -> Query:
        key, value = keys[0], values[0]
        ahead = self.translator.below if key.order == Order.Desc else self.translator.beyond
        query = ahead(key.field, value)
        if len(keys) == 1:
            return query
        return any_of((query, all_of((self.translator.equal(key.field, value), self._beyond(keys[1:], values[1:])))))

    def _ranked(self, query: Query, offset: int, needed: int) -> Ordered:
        """At least the places needed from the offset on, if there are as many, and the whole of the last tie."""
        offset, needed = min(offset, self._most), min(needed, self._most)
        hits, total = self._with_whole_ties(query, offset, needed)
        places = self._places([address for _, address in hits])
        return Ordered(list(_numbered(zip((score for score, _ in hits), places, strict=True), offset)), total)

    def _with_whole_ties(self, query: Query, offset: int, needed: int) -> tuple[list[tuple[float, DocAddress]], int]:
        limit = needed + USUAL_TIE
        while True:
            result = self.searcher.search(query, limit, offset=offset)
            hits, total = result.hits, total_of(result)
            if len(hits) < limit:
                return hits, total
            if hits[-1][0] < (last := hits[needed - 1][0]):
                return [hit for hit in hits if hit[0] >= last], total
            limit *= 4

    def _places(self, addresses: list[DocAddress]) -> list[Place]:
        columns = [self.searcher.fast_field_values(name, addresses) for name in (PUBLISHED, ID_HIGH, ID_LOW, PAY)]
        return [Place(published, whole(high, low), pay) for published, high, low, pay in zip(*columns, strict=True)]


def count(searcher: Searcher, query: Query) -> int:
    return total_of(searcher.search(Query.const_score_query(query, 0.0), 1))


def total_of(result: SearchResult) -> int:
    total: int = result.count  # type: ignore[attr-defined]  # which the library's stub leaves out
    return total


def _numbered(scored: Iterable[tuple[float, Place]], offset: int) -> Iterator[Place]:
    """Ties in the order of publication, each place with its rank among them."""
    above = offset
    for score, tied in groupby(scored, key=lambda pair: pair[0]):
        places = [place for _, place in tied]
        if len(places) > 1:
            places.sort(key=lambda place: (-place.published, place.id.int))
        yield from (Place(each.published, each.id, each.pay, score, above, rank) for rank, each in enumerate(places))
        above += len(places)


def _values(keys: Sequence[Key], place: Place) -> list[int]:
    high, low = halves(place.id)
    values = {PAY: place.pay, PUBLISHED: place.published, ID_HIGH: high, ID_LOW: low}
    return [values[key.field] for key in keys]


def _rank(keys: Sequence[Key], place: Place) -> list[int]:
    """What sorts places, ascending."""
    values = zip(keys, _values(keys, place), strict=True)
    return [-value if key.order == Order.Desc else value for key, value in values]
