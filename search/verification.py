"""Compares the index with the rows. Changes nothing."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from models.database import Database
from models.document import Kind
from search.engine import SearchEngine, Stamp
from search.source import expected_stamps, lapsed


@dataclass(frozen=True)
class Differences:
    """`missing` is not indexed, `stale` is indexed in another version or with another content, each with the stamp it should
    have; `surplus` must not be found any more. `expected` and `indexed` count documents."""

    missing: Mapping[UUID, Stamp]
    stale: Mapping[UUID, Stamp]
    surplus: frozenset[UUID]
    expected: int
    indexed: int

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def all(self) -> Set[UUID]:
        """What must be refreshed."""
        return self.missing.keys() | self.stale.keys() | self.surplus

    @property
    def counts(self) -> dict[str, int]:
        return {"missing": len(self.missing), "stale": len(self.stale), "surplus": len(self.surplus)}

    @property
    def wanted(self) -> dict[UUID, Stamp | None]:
        """The stamp that each must be brought to; None for what must go."""
        return {**dict.fromkeys(self.surplus), **self.missing, **self.stale}

    def still(self, later: "Differences") -> "Differences":
        """Those of the later look that were there in this one, and were the same: not what is only being written."""
        standing = {document for document, _ in self.wanted.items() & later.wanted.items()}
        return replace(
            later,
            missing={document: stamp for document, stamp in later.missing.items() if document in standing},
            stale={document: stamp for document, stamp in later.stale.items() if document in standing},
            surplus=later.surplus & standing,
        )


async def differences(engine: SearchEngine, database: Database, kind: Kind, now: datetime) -> Differences:
    """What is written meanwhile may show as a difference: it is one only if it is still there the next time."""
    return await compare(await engine.stamps(kind), database, kind, now)


async def compare(indexed: Mapping[UUID, Stamp], database: Database, kind: Kind, now: datetime) -> Differences:
    """Reads every row that must be indexed, and analyses its text: it takes about as long as writing the documents."""
    expected = await expected_stamps(database, kind, now)
    surplus = indexed.keys() - expected.keys()
    if surplus:
        surplus -= await lapsed(database, kind, now)
    return Differences(
        missing={each: stamp for each, stamp in expected.items() if each not in indexed},
        stale={each: stamp for each, stamp in expected.items() if indexed.get(each, stamp) != stamp},
        surplus=frozenset(surplus),
        expected=len(expected),
        indexed=len(indexed),
    )
