"""A new index in a folder, filled beside the one in use, which readers keep until it takes its place.

No write is lost: while it is being filled, every writer also adds its group to a journal. The journal is applied to the
new index, by the same rule of versions; its end is applied under the writers' lock, and the new index put in use before
the lock is given back. A rebuild that dies leaves a half-filled index that nobody reads and the next one deletes."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import orjson

from models.clause import Everything
from models.document import Document
from search.embedded_folder import Folder
from search.embedded_query import Translator
from search.embedded_reader import stamps
from search.embedded_schema import Fields, fields_of
from search.embedded_writer import BUILDING_MEMORY, Writer
from search.engine import Removal, Stamp

GROUP = 5_000
"""Documents of the journal, or written again, in one commit. Those that fill the index are committed once."""


class FolderRebuild:
    """Every method blocks its thread. Exists while the folder's `rebuilding` is held."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._writer = Writer(folder, BUILDING_MEMORY)
        self._filling = True
        self._applied = 0
        with folder.locked():
            folder.end_building()  # what a rebuild that died left behind
            self.name = folder.make()
            folder.begin_building(self.name)

    def write(self, changes: Sequence[Document | Removal]) -> None:
        group = [fields_of(change) for change in changes]
        if self._filling:
            self._writer.add(self.name, group)
        else:
            self._apply(group)

    def stamps(self) -> Mapping[UUID, Stamp]:
        self._catch_up()
        return stamps(self._writer.searcher(self.name), Translator.of(self._folder.kind).found(Everything()))

    def finish(self) -> None:
        """Puts the new index in use."""
        self._catch_up()
        self._writer.release()  # the merges end while others may still write
        with self._folder.locked():
            self._catch_up()
            self._folder.use(self.name)
            self._folder.end_building()
        self._writer.release()
        self._folder.sweep()

    def abandon(self) -> None:
        self._writer.abandon()
        with self._folder.locked():
            self._folder.end_building()
        self._folder.sweep()

    def _catch_up(self) -> None:
        if self._filling:
            self._writer.apply(self.name, ())
            self._filling = False
        with self._folder.journal.open("rb") as journal:
            journal.seek(self._applied)
            whole = journal.read().rpartition(b"\n")[0]
        if whole:
            self._apply([orjson.loads(line) for line in whole.split(b"\n")])
            self._applied += len(whole) + 1

    def _apply(self, changes: Sequence[Fields]) -> None:
        for start in range(0, len(changes), GROUP):
            self._writer.apply(self.name, changes[start : start + GROUP])


def journalise(folder: Folder, changes: Iterable[Fields]) -> None:
    """Adds what was written to the journal of the rebuild under way. The caller holds the folder's lock."""
    with folder.journal.open("ab") as journal:
        journal.write(b"".join(orjson.dumps(fields) + b"\n" for fields in changes))
