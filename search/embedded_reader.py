"""What an index in a folder finds. Sees what other processes wrote, and which index they put in use, at each search.

Every call blocks its thread: as a rule for about a millisecond, for matches among everything for some tens."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Lock
from uuid import UUID

import tantivy
from tantivy import Query, Searcher

from models.clause import Clause, Everything, all_of
from search.cursor import Place, decode, encode, fingerprint
from search.embedded_counts import Counted, Counts
from search.embedded_folder import META, Folder, stamp
from search.embedded_order import BEST_PAID, NEWEST, Ordered, View, count
from search.embedded_query import Translator
from search.embedded_schema import DIGEST, ID_HIGH, ID_LOW, VERSION, open_index, whole
from search.embedded_words import near_words
from search.engine import Hit, NearWordsRequest, Order, Page, SearchRequest, Stamp
from search.layout import facet_field
from search.relevance import scored

ATTEMPTS = 3
"""An index may be replaced and deleted between the moment its name is read and the moment it is opened."""


class Reader:
    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._translator = Translator.of(folder.kind)
        self._lock = Lock()
        self._index: tantivy.Index | None = None
        self._meta = folder.path
        self._seen: tuple[object, object] = (None, None)
        self._state = 0
        self._counts = Counts()

    def search(self, request: SearchRequest) -> Page:
        mark = fingerprint("embedded", request)
        after = None if request.after is None else decode(mark, request.after)
        state, searcher = self._searcher()
        view = View(searcher, self._translator, self._translator.found(request.found))
        ordered = self._ordered(view, request, after)
        scores = bool(scored(request))
        hits = [Hit(each.id, encode(mark, each), each.score if scores else None) for each in ordered.places[: request.first]]
        return Page(hits, ordered.total, len(ordered.places) > request.first, self._facets(view, state, request))

    def near_words(self, request: NearWordsRequest) -> list[str]:
        return near_words(self._searcher()[1], self._translator, request)

    def stamps(self) -> Mapping[UUID, Stamp]:
        return stamps(self._searcher()[1], self._translator.found(Everything()))

    def _ordered(self, view: View, request: SearchRequest, after: Place | None) -> Ordered:
        """One place more than asked, if there is one."""
        if weights := scored(request):
            by_score = view.by_match if request.order is Order.MATCH else view.by_relevance
            return by_score(self._translator.scores(weights), after, request.first + 1)
        return view.by_keys(BEST_PAID if request.order is Order.SALARY else NEWEST, after, request.first + 1)

    def _facets(self, view: View, state: int, request: SearchRequest) -> dict[str, Counted]:
        """Those that are counted over the same are counted together."""
        together: defaultdict[Clause, list[str]] = defaultdict(list)
        for name in request.facets:
            together[all_of((request.visibility, request.counted(name)))].append(facet_field(request.kind, name))
        counts: dict[str, Counted] = {}
        for found, fields in together.items():
            over = view if found == request.found else replace(view, found=self._translator.found(found))
            counts |= self._counts.of(over, state, found, fields)
        return counts

    def _searcher(self) -> tuple[int, Searcher]:
        """What is searched, and the number of that state of the index: no other has the same."""
        for _ in range(ATTEMPTS - 1):
            try:
                return self._freshest()
            except (OSError, ValueError):
                continue
        return self._freshest()

    def _freshest(self) -> tuple[int, Searcher]:
        """Stamps are read before what they stamp: a change in between is seen at the next search."""
        with self._lock:
            pointer = self._folder.pointer_stamp()
            if self._index is None or pointer != self._seen[0] or stamp(self._meta) != self._seen[1]:
                self._refresh(pointer)
            assert self._index is not None
            return self._state, self._index.searcher()

    def _refresh(self, pointer: tuple[int, int]) -> None:
        meta = self._folder.path / (self._folder.current or "") / META
        seen = (pointer, stamp(meta))
        if self._index is None or meta != self._meta:
            self._index = open_index(self._folder.kind, str(meta.parent))
        else:
            self._index.reload()
        self._meta, self._seen, self._state = meta, seen, self._state + 1


def stamps(searcher: Searcher, query: Query) -> dict[UUID, Stamp]:
    """Of every document that the query finds, none of them a tombstone."""
    return {whole(high, low): Stamp(*stamp) for high, low, *stamp in columns(searcher, query, ID_HIGH, ID_LOW, VERSION, DIGEST)}


def columns(searcher: Searcher, query: Query, *fields: str) -> Iterator[tuple[int, ...]]:
    """Those fields of everything that the query finds."""
    hits = searcher.search(Query.const_score_query(query, 0.0), max(1, count(searcher, query)), count=False).hits
    addresses = [address for _, address in hits]
    return zip(*(searcher.fast_field_values(name, addresses) for name in fields), strict=True)
