"""Writes groups of documents to the server, and looks at what became of each: a bulk request that answers 200 may have
failed for any of them. One that is refused for good does not hold up the others."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from elasticsearch import AsyncElasticsearch

from errors import Unavailable
from models.document import Document
from search.elastic_call import WORTH_ANOTHER_TRY, answered, pauses
from search.elastic_mapping import action_of
from search.engine import Removal

LARGEST = 1_000_000
"""Bytes of one bulk request, unless a single document is larger: more, written at once, holds up the event loop."""
DONE = frozenset({200, 201, 409})
"""409: the index has a newer version already."""
TIME_LIMIT = 30.0


@dataclass
class Outcome:
    """What became of the changes written so far. Those to an index that is gone are neither: see the port on batches."""

    again: list[Document | Removal] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)

    def note(self, change: Document | Removal, result: Mapping[str, Any]) -> None:
        status = result["status"]
        if status in DONE or status == 404:
            return
        if status in WORTH_ANOTHER_TRY or status >= 500:
            self.again.append(change)
        else:
            self.refused[change.id] = _reason(result["error"])


def _reason(error: Mapping[str, Any]) -> str:
    """Why, without the preview of the value that the server adds: it may be personal, and this is going to be logged."""
    reason: str = error["reason"]
    return f"{error['type']}: {reason.partition('. Preview')[0]}"[:300]


async def write(client: AsyncElasticsearch, index: str, changes: Sequence[Document | Removal]) -> dict[UUID, str]:
    """Answers what the server will never take, with its reason; all the rest is written. Raises Unavailable when the
    server does not answer, or keeps refusing for now."""
    outcome = await _attempt(client, index, changes)
    for pause in pauses():
        if not outcome.again:
            break
        await asyncio.sleep(pause)
        second = await _attempt(client, index, outcome.again)
        outcome = Outcome(second.again, outcome.refused | second.refused)
    if outcome.again:
        raise Unavailable("SEARCH_UNAVAILABLE")
    return outcome.refused


async def _attempt(client: AsyncElasticsearch, index: str, changes: Sequence[Document | Removal]) -> Outcome:
    outcome = Outcome()
    patient = client.options(request_timeout=TIME_LIMIT)
    for group, body in _groups(index, changes):
        # an index made up on the spot would take the documents of one that is gone: only an alias is written to
        answer = await answered(partial(patient.bulk, operations=body, require_alias=True))  # type: ignore[arg-type]
        for change, item in zip(group, answer["items"], strict=True):
            outcome.note(change, item["index"])
    return outcome


def _groups(index: str, changes: Sequence[Document | Removal]) -> Iterator[tuple[list[Document | Removal], bytes]]:
    group: list[Document | Removal] = []
    body = b""
    for change in changes:
        lines = action_of(index, change)
        if group and len(body) + len(lines) > LARGEST:
            yield group, body
            group, body = [], b""
        group.append(change)
        body += lines
    if group:
        yield group, body
