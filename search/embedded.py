"""The search engine inside our own processes: Tantivy, in a folder on disk. Several processes of a machine share it.

It blocks threads of its own, never the event loop, and answers Unavailable for whatever goes wrong beneath it."""

import asyncio
import logging
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

from errors import Conflict, Unavailable
from models.document import Document, Kind
from search.embedded_damage import is_panic
from search.embedded_folder import Folder
from search.embedded_reader import Reader
from search.embedded_rebuild import FolderRebuild, journalise
from search.embedded_schema import fields_of
from search.embedded_writer import Writer
from search.engine import NearWordsRequest, Page, Removal, SearchRequest, Stamp, Unusable
from search.file_lock import Locked

P = ParamSpec("P")
T = TypeVar("T")
logger = logging.getLogger(__name__)


def guarded(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function answers. Whatever the engine raises becomes Unavailable; a panic of it is no Exception."""
    try:
        return function(*args, **kwargs)
    except (Locked, OSError, ValueError) as problem:
        logger.exception("the embedded search engine failed")
        raise Unavailable("SEARCH_UNAVAILABLE") from problem
    except BaseException as problem:
        if not is_panic(problem):
            raise
        logger.exception("the embedded search engine panicked")
        raise Unavailable("SEARCH_UNAVAILABLE") from problem


@dataclass(frozen=True)
class Part:
    """What there is for one kind."""

    folder: Folder
    reader: Reader
    writer: Writer

    @classmethod
    def of(cls, root: Path, kind: Kind) -> "Part":
        folder = Folder.of(root, kind)
        folder.make_sure()
        return cls(folder, Reader(folder), Writer(folder))

    def names(self) -> set[str]:
        return {name for name in (self.folder.current, self.folder.building) if name}

    def write(self, names: set[str], changes: Sequence[Document | Removal]) -> None:
        """Writes to those indexes of `names` that are still there: see the port on what a batch may reach."""
        group = [fields_of(change) for change in changes]
        with self.folder.locked():
            if (current := self.folder.current) in names:
                self.writer.apply(current, group)
            if self.folder.building in names:
                journalise(self.folder, group)

    def sweep(self, before: datetime) -> Set[UUID]:
        with self.folder.locked():
            if (current := self.folder.current) is None:
                return set()
            self.folder.sweep_other_layouts(before)
            return self.writer.forget(current, int(before.timestamp()))


class EmbeddedBatch:
    def __init__(self, engine: "EmbeddedEngine", names: Mapping[Kind, set[str]]) -> None:
        self._engine = engine
        self._names = names

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        by_kind: dict[Kind, list[Document | Removal]] = defaultdict(list)
        for change in changes:
            by_kind[change.kind].append(change)
        for kind, group in by_kind.items():
            await self._engine.run_writing(self._engine.parts[kind].write, self._names[kind], group)


class EmbeddedRebuild:
    def __init__(self, building: FolderRebuild) -> None:
        self._building = building

    async def write(self, documents: Sequence[Document | Removal]) -> None:
        await asyncio.to_thread(guarded, self._building.write, documents)

    async def stamps(self) -> Mapping[UUID, Stamp]:
        return await asyncio.to_thread(guarded, self._building.stamps)


class EmbeddedEngine:
    """Open one with `EmbeddedEngine.open`."""

    def __init__(self, parts: Mapping[Kind, Part]) -> None:
        self.parts = parts
        self._reading = ThreadPoolExecutor(max_workers=(os.cpu_count() or 1) + 2, thread_name_prefix="search")
        self._writing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index")
        self._closed = False

    @classmethod
    async def open(cls, root: Path) -> "EmbeddedEngine":
        """The engine in that folder, which is made where there is none. An index that cannot be opened is put aside, of
        which `needs_rebuild` tells. Raises Unusable when the folder cannot be written."""
        return cls(await asyncio.to_thread(_parts, root))

    async def search(self, request: SearchRequest) -> Page:
        return await self._run_reading(self.parts[request.kind].reader.search, request)

    async def near_words(self, request: NearWordsRequest) -> Sequence[str]:
        return await self._run_reading(self.parts[request.kind].reader.near_words, request)

    async def stamps(self, kind: Kind) -> Mapping[UUID, Stamp]:
        return {} if await self.needs_rebuild(kind) else await self._run_reading(self.parts[kind].reader.stamps)

    async def open_batch(self) -> EmbeddedBatch:
        return EmbeddedBatch(self, {kind: part.names() for kind, part in self.parts.items()})

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        await (await self.open_batch()).write(changes)

    @asynccontextmanager
    async def rebuild(self, kind: Kind) -> AsyncIterator[EmbeddedRebuild]:
        folder = self.parts[kind].folder
        await asyncio.to_thread(guarded, folder.make_sure)  # it may have been damaged or deleted since it was opened
        with _alone(folder):
            building = await asyncio.to_thread(guarded, FolderRebuild, folder)
            try:
                yield EmbeddedRebuild(building)
                await asyncio.to_thread(guarded, building.finish)
            except BaseException:
                await asyncio.to_thread(guarded, building.abandon)
                raise

    async def needs_rebuild(self, kind: Kind) -> bool:
        """Looks at the files: they may be lost while they are in use. Not among the searches, which may all be busy."""
        return await asyncio.to_thread(guarded, self.parts[kind].folder.unfilled)

    async def sweep(self, kind: Kind, before: datetime) -> Set[UUID]:
        return await self.run_writing(self.parts[kind].sweep, before)

    async def ready(self) -> bool:
        try:
            return not any([await self.needs_rebuild(kind) for kind in Kind])
        except Unavailable:
            return False

    async def close(self) -> None:
        """Lets merges end and other processes write. Closing twice does no harm."""
        if self._closed:
            return
        self._closed = True
        for part in self.parts.values():
            await self.run_writing(part.writer.release)
        self._writing.shutdown()
        self._reading.shutdown()

    async def run_writing(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One write at a time in this process, as the folder allows no more."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writing, partial(guarded, function, *args, **kwargs))

    async def _run_reading(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, partial(guarded, function, *args, **kwargs))


def _parts(root: Path) -> dict[Kind, Part]:
    try:
        root.mkdir(parents=True, exist_ok=True)
        return {kind: Part.of(root, kind) for kind in Kind}
    except Locked as problem:
        raise Unavailable("SEARCH_UNAVAILABLE") from problem
    except (OSError, ValueError) as problem:
        raise Unusable(f"the folder of PLACEMENT_SEARCH_URL cannot be used: {problem}") from problem


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(folder.rebuilding())
        except Locked as problem:
            raise Conflict("REBUILD_UNDER_WAY") from problem
        yield
