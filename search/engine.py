"""The port to a search engine: what is asked of one, and what it answers. Knows clauses and documents, not criteria."""

import enum
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from models.clause import Clause, Weighted, all_of
from models.document import Document, Kind


class Order(enum.StrEnum):
    """Ties are broken by the time of publication, newest first, then by id. See search.relevance for what is scored."""

    RELEVANCE = "RELEVANCE"
    MATCH = "MATCH"
    PUBLISHED_AT = "PUBLISHED_AT"
    SALARY = "SALARY"


@dataclass(frozen=True)
class SearchRequest:
    """`clause` is what is looked for, `visibility` what may be found at all. `facets` names keyword fields to count over
    everything found, or over what the clause in `widened` would find for those that it names. `weights` are what scores in the
    order of the match. `with_total` is whether all that is found is counted: a server need not look at all of it otherwise.
    `after` is the cursor of a hit of a search for the same in the same order, whatever was visible then: that changes every
    midnight. A foreign one is refused as errors.Invalid."""

    kind: Kind
    clause: Clause
    visibility: Clause
    order: Order = Order.PUBLISHED_AT
    first: int = 20
    after: str | None = None
    facets: Sequence[str] = ()
    widened: Mapping[str, Clause] = field(default_factory=dict)
    weights: Sequence[Weighted] = ()
    with_total: bool = True

    @property
    def found(self) -> Clause:
        return all_of((self.visibility, self.clause))

    def counted(self, facet: str) -> Clause:
        """What the counts of the facet are over, among what may be found."""
        return self.widened.get(facet, self.clause)


@dataclass(frozen=True)
class NearWordsRequest:
    """Words of documents of the kind that are near to `word`, a folded and unstemmed one: at most `first`, and none that fewer
    than `least` of the documents hold that may be found at all."""

    kind: Kind
    word: str
    visibility: Clause
    least: int = 1
    first: int = 5


@dataclass(frozen=True)
class Hit:
    id: UUID
    cursor: str
    score: float | None = None


@dataclass(frozen=True)
class Page:
    """`facets` gives, for each field asked, the exact number of documents by value. `total` says nothing where it was not asked
    for."""

    hits: Sequence[Hit]
    total: int
    has_next: bool
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Removal:
    """A document that must be gone, as of that version of its row; decided upon at that instant."""

    kind: Kind
    id: UUID
    version: int
    at: datetime


class Stamp(NamedTuple):
    """What an index says of a document it holds: the version of its row, and the digest of what is searched of it."""

    version: int
    digest: int


class Unusable(Exception):
    """The engine will not serve this release, however long one waits. The message says what to do about it."""


class Rejected(Exception):
    """Documents that the engine will never take, each with its reason. All the others of the batch were written."""

    def __init__(self, reasons: Mapping[UUID, str]) -> None:
        super().__init__("; ".join(f"{document}: {reason}" for document, reason in reasons.items()))
        self.reasons = dict(reasons)


class Batch(Protocol):
    """Writes to the indexes that were there when it was opened: open it before reading the rows. An index made later is
    filled from rows read later, and what was read earlier must not reach it."""

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        """Durable, and found by every search that starts after it returns. An older version never replaces a newer; the
        same version does, since what a document takes from other rows may have changed. Raises Rejected when some were
        refused for good, after all the others were written."""


class Rebuild(Protocol):
    """A new index beside the one in use, filled and then put in its place at once."""

    async def write(self, documents: Sequence[Document | Removal]) -> None:
        """Until `stamps` is asked for the first time, each id comes once."""

    async def stamps(self) -> Mapping[UUID, Stamp]:
        """Every document the new index holds by now, what was written meanwhile included."""


class SearchEngine(Protocol):
    """Raises errors.Unavailable when it does not answer. There is no index of a kind until a rebuild has put one in use."""

    async def search(self, request: SearchRequest) -> Page:
        """Raises Unavailable while there is no index: to answer that nothing was found would be a lie."""

    async def near_words(self, request: NearWordsRequest) -> Sequence[str]:
        """The nearest first, as models.spelling says, then those that more of the documents hold. Raises Unavailable as `search`
        does."""

    async def open_batch(self) -> Batch: ...

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        """A batch opened here and now: right where no rebuild can run, as in tests."""

    async def stamps(self, kind: Kind) -> Mapping[UUID, Stamp]:
        """Every document the index holds; none while there is no index."""

    def rebuild(self, kind: Kind) -> AbstractAsyncContextManager[Rebuild]:
        """Readers keep the old index until the block ends without an error; writes go on meanwhile and are not lost.
        Raises Conflict when another rebuild of the kind is under way in this engine; search.rebuilding keeps processes
        apart."""

    async def needs_rebuild(self, kind: Kind) -> bool:
        """Whether there is no index: on a first start, of a new release, or after damage."""

    async def sweep(self, kind: Kind, before: datetime) -> Collection[UUID]:
        """Forgets removals before that instant: what writes before them is over. Deletes the indexes of other releases, once
        the one in use is from before it. Answers the ids of some thousand removals that it forgot; another call goes on."""

    async def ready(self) -> bool:
        """Whether it answers, with an index of every kind."""

    async def close(self) -> None: ...
