"""Writes documents to an index in a folder: versions in order, one durable commit for each group. Blocks its thread.

Tantivy lets one process write at a time, for as long as it keeps its writer. A process keeps it from group to group, so
that merges go on in peace, and lets go when another process waits for it or when the index was replaced."""

import time
from collections.abc import Iterable, Sequence, Set
from threading import Event, RLock, Thread
from uuid import UUID

import tantivy
from tantivy import FieldType, IndexWriter, Query, Searcher

from search.embedded_folder import Folder
from search.embedded_query import all_of, equal
from search.embedded_reader import columns
from search.embedded_schema import ID_HIGH, ID_LOW, REMOVED_AT, VERSION, Fields, id_of, open_index, schema, version_of, whole
from search.file_lock import PATIENCE, PAUSE, Locked, held, is_held

LIVE_MEMORY, BUILDING_MEMORY = 20_000_000, 80_000_000
"""Bytes that Tantivy fills before it writes a segment."""
BETWEEN_LOOKS = 0.1
"""Seconds between two looks whether another process waits."""


class Writer:
    """The open end of one index at a time: the one written last."""

    def __init__(self, folder: Folder, memory: int = LIVE_MEMORY) -> None:
        self._folder = folder
        self._memory = memory
        self._schema = schema(folder.kind)
        self._lock = RLock()
        self._open: tuple[str, tantivy.Index, IndexWriter] | None = None
        self._added = False
        self._closed = Event()

    def apply(self, name: str, group: Iterable[Fields]) -> None:
        """Durable when it returns. Each id keeps its highest version; of two equal ones, the later written. The caller
        holds the folder's lock, or is the only one who knows the index."""
        with self._lock:
            index, writer = self._opened(name)
            try:
                self._replace(_fresh(index), writer, _newest(group))
                self._commit(writer)
            except BaseException:
                self._let_go()  # what was added and not committed must not go in with the next group
                raise

    def add(self, name: str, fresh: Iterable[Fields]) -> None:
        """What the index holds nothing of, each id once. Durable, and to be found, with the next group that is applied. What was
        added since the last is lost when this raises."""
        with self._lock:
            _, writer = self._opened(name)
            self._added = True
            try:
                for fields in fresh:
                    self._add(writer, fields)
            except BaseException:
                self._let_go()
                raise

    def forget(self, name: str, removed_before: int) -> Set[UUID]:
        """Drops the tombstones of removals before that second; answers whose they were. The caller holds the folder's lock."""
        with self._lock:
            index, writer = self._opened(name)
            old = Query.range_query(self._schema, REMOVED_AT, FieldType.Integer, None, removed_before, include_upper=False)
            forgotten = {whole(*halves) for halves in columns(_fresh(index), old, ID_HIGH, ID_LOW)}
            if forgotten:
                writer.delete_documents_by_query(old)
                self._commit(writer)
            return forgotten

    def searcher(self, name: str) -> Searcher:
        """What that index holds as of the last commit."""
        with self._lock:
            return _fresh(self._opened(name)[0])

    def abandon(self) -> None:
        """Lets go of the index, which is not to be used."""
        with self._lock:
            self._let_go()

    def release(self) -> None:
        """Lets merges end, then lets go of the index, even when it fails. What was added is kept."""
        with self._lock:
            if self._open is not None:
                try:
                    if self._added:
                        self._commit(self._open[2])
                    self._open[2].wait_merging_threads()
                finally:
                    self._let_go()  # one that failed is of no more use

    def _opened(self, name: str) -> tuple[tantivy.Index, IndexWriter]:
        if self._open is None or self._open[0] != name:
            self.release()
            index = open_index(self._folder.kind, str(self._folder.path / name))
            self._open = (name, index, self._acquired(index))
            self._closed = Event()
            Thread(target=self._watch, args=(name, self._closed), name=f"writer of {name}", daemon=True).start()
        return self._open[1:]

    def _acquired(self, index: tantivy.Index) -> IndexWriter:
        """The index's writer, once the process that has it lets go. Raises Locked when it does not."""
        if (writer := self._attempt(index)) is not None:
            return writer
        with held(self._folder.waiting):
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                time.sleep(PAUSE)
                if (writer := self._attempt(index)) is not None:
                    return writer
        raise Locked(str(self._folder.path))

    def _attempt(self, index: tantivy.Index) -> IndexWriter | None:
        try:
            return index.writer(self._memory, 1)
        except ValueError as problem:
            if "LockBusy" in str(problem):
                return None
            raise

    def _watch(self, name: str, closed: Event) -> None:
        while not closed.wait(BETWEEN_LOOKS):
            current = self._folder.current
            replaced = name not in (current, self._folder.building)
            if replaced or (name == current and is_held(self._folder.waiting)):
                with self._lock:
                    if not closed.is_set():
                        self.release()
                if replaced:
                    self._folder.sweep()

    def _let_go(self) -> None:
        self._closed.set()
        self._open = None
        self._added = False

    def _commit(self, writer: IndexWriter) -> None:
        writer.commit()
        self._added = False

    def _add(self, writer: IndexWriter, fields: Fields) -> None:
        writer.add_document(tantivy.Document.from_dict(dict(fields), self._schema))

    def _replace(self, searcher: Searcher, writer: IndexWriter, group: Sequence[Fields]) -> None:
        held_versions = self._versions(searcher, group)
        for fields in group:
            known = held_versions.get(id_of(fields))
            if known is None or known <= version_of(fields):
                if known is not None:
                    writer.delete_documents_by_query(self._identity(fields))
                self._add(writer, fields)

    def _versions(self, searcher: Searcher, group: Sequence[Fields]) -> dict[tuple[int, int], int]:
        """The versions that the index holds of the group's documents, tombstones included."""
        highs = sorted({id_of(fields)[0] for fields in group})
        known = Query.term_set_query(self._schema, ID_HIGH, highs)
        return {(high, low): version for high, low, version in columns(searcher, known, ID_HIGH, ID_LOW, VERSION)}

    def _identity(self, fields: Fields) -> Query:
        high, low = id_of(fields)
        return all_of((equal(self._schema, ID_HIGH, high), equal(self._schema, ID_LOW, low)))


def _fresh(index: tantivy.Index) -> Searcher:
    index.reload()
    return index.searcher()


def _newest(group: Iterable[Fields]) -> list[Fields]:
    newest: dict[tuple[int, int], Fields] = {}
    for fields in group:
        known = newest.get(id_of(fields))
        if known is None or version_of(known) <= version_of(fields):
            newest[id_of(fields)] = fields
    return list(newest.values())
