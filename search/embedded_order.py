"""Puts what a Tantivy query finds in an order without ties, and continues it after a given place.

Tantivy sorts by one field alone and leaves ties to chance: a tie at the end of a page is therefore asked for again,
ordered by the next key. An order continues at the same place however many documents came in meanwhile."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from search.cursor import Place
from search.embedded_query import Scores, Translator, all_of, any_of
from search.embedded_schema import ID_HIGH, ID_LOW, PAY, PUBLISHED, halves, whole
from search.layout import MOST_WHOLE


@dataclass(frozen=True)
class Key:
    field: str
    order: Order


NEWEST = (Key(PUBLISHED, Order.Desc), Key(ID_HIGH, Order.Asc), Key(ID_LOW, Order.Asc))
BEST_PAID = (Key(PAY, Order.Desc), *NEWEST)

FEW_SCORES = 5_000
"""Scores that a first page reads before it reads them all: the best of them as a rule are not shared by so many."""
Scored = Sequence[tuple[float, DocAddress]]


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

    def by_relevance(self, scores: Scores, after: Place | None, limit: int) -> Ordered:
        """The best score first, ties in the order of publication. A page that begins in the middle as a rule is among documents
        of one score; where it is not, to ask for each score below would cost more than to read them all out."""
        limit = min(limit, self._most)
        if after is None:
            return self._scored(scores, limit)
        tied = self._tied(scores, after.score, after, limit)
        return Ordered(tied, count(self.searcher, self.found)) if len(tied) == limit else self.by_match(scores, after, limit)

    def by_match(self, scores: Scores, after: Place | None, limit: int) -> Ordered:
        """The same order. A match has so many parts that to look for one score costs more than to read out the scores of
        everything found: twice or three times a first page, however deep one goes."""
        limit = min(limit, self._most)
        scoring = scores.scoring(self.found)
        result = self.searcher.search(scoring, self._most if after else min(max(limit, FEW_SCORES), self._most))
        hits, total = result.hits, total_of(result)
        if len(hits) < total:
            best = self._best(hits[: _reaching(hits, round(hits[-1][0]) + 1)], None, limit)  # the last score may go on
            if len(best) == limit:
                return Ordered(best, total)
            hits = self.searcher.search(scoring, total).hits
        return Ordered(self._best(hits, after, limit), total)

    def _best(self, hits: Scored, after: Place | None, limit: int) -> list[Place]:
        """The first places of those hits, score by score."""
        places: list[Place] = []
        start = _reaching(hits, after.score + 1) if after else 0
        while start < len(hits) and len(places) < limit:
            score = round(hits[start][0])
            end = _reaching(hits, score)
            past = after if after and after.score == score else None
            newest = self._newest([address for _, address in hits[start:end]], past, limit - len(places))
            places += [place._replace(score=score) for place in newest]
            start = end
        return places

    def _newest(self, addresses: list[DocAddress], after: Place | None, limit: int) -> list[Place]:
        """The first of those documents in the order of publication. Only the ids of those near the place are read."""
        times: list[Any] = self.searcher.fast_field_values(PUBLISHED, addresses)
        latest = after.published if after else MOST_WHOLE
        earlier = nlargest(limit, (at for at in times if at < latest))
        least = earlier[-1] if earlier else latest
        near = [(at, address) for at, address in zip(times, addresses, strict=True) if least <= at <= latest]
        places = self._sorted(NEWEST, near)
        return [each for each in places if after is None or _rank(NEWEST, each) > _rank(NEWEST, after)][:limit]

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

    def _scored(self, scores: Scores, limit: int) -> Ordered:
        result = self.searcher.search(scores.scoring(self.found), limit + 1)
        hits, total = [(round(score), address) for score, address in result.hits], total_of(result)
        split = hits[limit][0] if len(hits) > limit else -1
        firm = [hit for hit in hits if hit[0] > split]
        places = [place._replace(score=score) for (score, _), place in zip(firm, self._places(firm), strict=True)]
        places.sort(key=lambda place: (-place.score, *_rank(NEWEST, place)))
        if len(places) < min(limit, len(hits)):
            places += self._tied(scores, split, None, limit - len(places))
        return Ordered(places, total)

    def _tied(self, scores: Scores, score: int, after: Place | None, limit: int) -> list[Place]:
        """The newest of those with that score, or those that follow `after`."""
        tied = all_of((self.found, scores.exactly(score)))
        following = tied if after is None else all_of((tied, self._beyond(NEWEST, _values(NEWEST, after))))
        return [place._replace(score=score) for place in self._in_order(following, NEWEST, limit).places]

    def _places(self, hits: Iterable[tuple[object, DocAddress]]) -> list[Place]:
        addresses = [address for _, address in hits]
        columns = [self.searcher.fast_field_values(name, addresses) for name in (PUBLISHED, ID_HIGH, ID_LOW, PAY)]
        return [Place(published, whole(high, low), pay) for published, high, low, pay in zip(*columns, strict=True)]


def _reaching(hits: Scored, score: int) -> int:
    """How many hits, of which the best come first, have that score or a better one."""
    return bisect_left(hits, True, key=lambda hit: hit[0] < score - 0.5)


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
