"""The port to a search engine: what is asked of one, and what it answers. Knows clauses and documents, not criteria."""

import enum
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from models.clause import Clause, all_of
from models.document import Document, Kind


class Order(enum.StrEnum):
    """Ties are broken by the time of publication, newest first, then by id."""

    RELEVANCE = "RELEVANCE"
    PUBLISHED_AT = "PUBLISHED_AT"
    SALARY = "SALARY"


@dataclass(frozen=True)
class SearchRequest:
    """`clause` is what is looked for, `visibility` what may be found at all. `facets` names keyword fields to count over
    everything found. `after` is the cursor of a hit of a search for the same in the same order, whatever was visible then:
    that changes every midnight. A foreign one is refused as errors.Invalid."""

    kind: Kind
    clause: Clause
    order: Order = Order.PUBLISHED_AT
    visibility: Clause
    first: int = 20
    after: str | None = None
    facets: Sequence[str] = ()


    @property
    def found(self) -> Clause:
        return all_of((self.visibility, self.clause))

@dataclass(frozen=True)
class Hit:
    id: UUID
    cursor: str
    score: float | None = None


@dataclass(frozen=True)
class Page:
    """`facets` gives, for each field asked, the exact number of found documents by value."""

    hits: Sequence[Hit]
    total: int
    has_next: bool
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Removal:
    """A document that must be gone, as of that version of its row."""

    kind: Kind
    id: UUID
    version: int


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

    async def write(self, documents: Sequence[Document | Removal]) -> None: ...

    async def versions(self) -> Mapping[UUID, int]:
        """Every document the new index holds by now, what was written meanwhile included."""


class SearchEngine(Protocol):
    """Raises errors.Unavailable when it does not answer."""

    async def search(self, request: SearchRequest) -> Page: ...

    async def open_batch(self) -> Batch: ...

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        """A batch opened here and now: right where no rebuild can run, as in tests."""

    async def versions(self, kind: Kind) -> Mapping[UUID, int]:
        """Every document the index holds, with its version."""

    def rebuild(self, kind: Kind) -> AbstractAsyncContextManager[Rebuild]:
        """Readers keep the old index until the block ends without an error; writes go on meanwhile and are not lost.
        Raises Conflict when another rebuild of the kind is under way."""

    async def needs_rebuild(self, kind: Kind) -> bool:
        """Whether the index was made empty, for a first start, a new release or after damage, and not filled since."""

    async def ready(self) -> bool:
        """Whether it answers, with indexes that were filled."""

    async def close(self) -> None: ...
