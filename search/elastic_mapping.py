"""Fields of an Elasticsearch index and the form in which a document is handed to it.

The names of the indexes of one kind, for a prefix and a layout:

    placement-job_offer-3f2a…             the alias that searches use
    placement-job_offer-3f2a….building    the alias of an index that a rebuild is filling
    placement-job_offer-3f2a….1c9e…       an index
    placement-job_offer-3f2a….1c9e….own   an alias of that index alone: what is written to it goes nowhere, rather than
                                          to an index made up on the spot, once the index is gone"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import orjson

from models.document import KEYWORDS, NUMBERS, TEXTS, Document, Kind
from search.engine import Removal
from search.layout import UNCOUNTED, digest, keyword_values, microseconds, number_values, pay, text_values

RESTING = {"refresh_interval": "30s", "auto_expand_replicas": "0-1"}
"""Whoever writes refreshes; this interval is for a writer that died before it could."""
BUILDING = {"refresh_interval": "-1", "auto_expand_replicas": False, "number_of_replicas": 0}


DYNAMIC = "strict"
ESSENTIAL = {"type": None, "analyzer": None, "doc_values": True}
"""What must be right of a field, and what it is where the server says nothing of it."""


def properties(kind: Kind) -> dict[str, Mapping[str, object]]:
    whole: Mapping[str, object] = {"type": "long"}
    return {
        "id": {"type": "keyword"},
        **dict.fromkeys(("version", "digest", "published", "pay", "removed_at", *NUMBERS[kind]), whole),
        "removed": {"type": "boolean"},
        **{name: {"type": "text", "analyzer": "whitespace"} for name in TEXTS},
        **{name: {"type": "keyword", "doc_values": name not in UNCOUNTED} for name in KEYWORDS[kind]},
    }


@dataclass(frozen=True)
class Names:
    """The names of the indexes of a kind."""

    kind: Kind
    prefix: str

    @property
    def layout(self) -> str:
        return digest(self.kind, "elasticsearch", properties(self.kind))

    @property
    def family(self) -> str:
        """Matches the indexes of this kind, whatever their layout."""
        return f"{self.prefix}-{self.kind}-*"

    @property
    def alias(self) -> str:
        return f"{self.prefix}-{self.kind}-{self.layout}"

    @property
    def building(self) -> str:
        return f"{self.alias}.building"

    def new(self) -> str:
        return f"{self.alias}.{uuid4().hex[:12]}"

    def definition(self) -> dict[str, object]:
        """What an index is made of."""
        return {
            "settings": {"number_of_shards": 1, **BUILDING},
            "mappings": {
                "dynamic": DYNAMIC,
                "_source": {"enabled": False},
                "_meta": {"layout": self.layout},
                "properties": properties(self.kind),
            },
        }

    def differing(self, mappings: Mapping[str, Any]) -> list[str]:
        """The names of the fields that an index has otherwise than its definition says, or has and should not, or lacks; and
        `dynamic`, if it would take others."""
        theirs, ours = mappings.get("properties", {}), properties(self.kind)
        fields = sorted(name for name in theirs.keys() | ours.keys() if _essence(theirs, name) != _essence(ours, name))
        return fields if mappings.get("dynamic") == DYNAMIC else ["dynamic", *fields]


def _essence(fields: Mapping[str, Mapping[str, object]], name: str) -> Mapping[str, object] | None:
    return {key: fields[name].get(key, usual) for key, usual in ESSENTIAL.items()} if name in fields else None


def own(index: str) -> str:
    return f"{index}.own"


def source_of(change: Document | Removal) -> Mapping[str, object]:
    identity = {"id": str(change.id), "version": change.version}
    if isinstance(change, Removal):
        return {**identity, "removed": True, "removed_at": int(change.at.timestamp())}
    described = {"digest": change.digest, "published": microseconds(change.published_at), "pay": pay(change)}
    return {**identity, **described, **dict(text_values(change)), **dict(keyword_values(change)), **dict(number_values(change))}


def action_of(index: str, change: Document | Removal) -> bytes:
    """Two lines of a bulk request. The same version replaces, an older one is refused as a conflict."""
    action = {"_index": own(index), "_id": str(change.id), "version": change.version, "version_type": "external_gte"}
    return orjson.dumps({"index": action}) + b"\n" + orjson.dumps(source_of(change)) + b"\n"


def forgetting_of(alias: str, id: UUID, version: int) -> bytes:
    """The line of a bulk request that drops a tombstone, unless the document came back in a newer version."""
    action = {"_index": alias, "_id": str(id), "version": version, "version_type": "external_gte"}
    return orjson.dumps({"delete": action}) + b"\n"
