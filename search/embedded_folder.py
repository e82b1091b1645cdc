"""Where the indexes of one kind lie on disk, and which of them is in use.

    ROOT/job_offer-3f2a…/           all that has this layout; another release of the service looks elsewhere
        current                     names the index in use; replaced whole, so that a reader sees the old one or the new
        building, journal           while a rebuild goes on: the index being filled, and what was written meanwhile
        lock                        held by every writer for the length of a batch, and while the index in use changes
        waiting                     held by a writer that waits for another process to let go of the index
        rebuild.lock                held by a rebuild from its beginning to its end
        1c9e…/                      an index
        damaged/                    the last index that could not be opened, put aside

Nothing here reads or writes documents."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from errors import Unavailable
from models.document import Kind
from search.embedded_damage import Look, is_damaged
from search.embedded_schema import layout, make_index
from search.file_lock import PATIENCE, Locked, held, is_held

META = "meta.json"
WRITER_LOCK = ".tantivy-writer.lock"
DAMAGED = "damaged"
NAME = re.compile(rb"[0-9a-f]{12}")


@dataclass(frozen=True)
class Folder:
    kind: Kind
    path: Path
    _look: Look = field(default_factory=Look, compare=False)

    @classmethod
    def of(cls, root: Path, kind: Kind) -> "Folder":
        return cls(kind, root / f"{kind}-{layout(kind)}")

    @property
    def current(self) -> str | None:
        """The name of the index in use. None, too, where a power cut left something else than a name."""
        return self._read("current")

    @property
    def building(self) -> str | None:
        """The name of the index being filled, as long as somebody fills it."""
        name = self._read("building")
        return name if name and is_held(self.path / "rebuild.lock") else None

    @property
    def journal(self) -> Path:
        return self.path / "journal"

    @property
    def waiting(self) -> Path:
        """Locked by whoever waits for another process to hand over the writing of the index in use."""
        return self.path / "waiting"

    def unfilled(self) -> bool:
        """Whether there is no index in use, or a damaged one. Raises ValueError or OSError when that cannot be told now."""
        while (name := self.current) is not None:
            if not self._look.is_damaged(self.kind, self.path / name):
                return False
            if name == self.current:  # else it was replaced, and perhaps deleted, meanwhile
                break
        return True

    def pointer_stamp(self) -> tuple[int, int]:
        """Changes whenever another index is in use. Raises Unavailable when there is none."""
        try:
            return stamp(self.path / "current")
        except FileNotFoundError as missing:
            raise Unavailable("SEARCH_UNAVAILABLE") from missing

    @contextmanager
    def locked(self, patience: float = PATIENCE) -> Iterator[None]:
        """Alone among the writers of this kind. Raises Locked."""
        with held(self.path / "lock", patience):
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Alone among rebuilds of this kind. Raises Locked at once when another goes on."""
        with held(self.path / "rebuild.lock", patience=0.2):  # to look whether it is held is to hold it for a moment
            yield

    def make_sure(self) -> None:
        """Leaves no index in use but one that can be opened. Raises ValueError or OSError when that cannot be told now."""
        self.path.mkdir(parents=True, exist_ok=True)
        with self.locked():
            name = self.current
            if name is not None and is_damaged(self.kind, self.path / name):
                self._put_aside(name)

    def make(self) -> str:
        """The name of a new, empty index."""
        name = uuid4().hex[:12]
        (self.path / name).mkdir()
        make_index(self.kind, str(self.path / name))
        return name

    def use(self, name: str) -> None:
        self._write("current", name)

    def begin_building(self, name: str) -> None:
        self.journal.write_bytes(b"")
        self._write("building", name)

    def end_building(self) -> None:
        for name in ("building", "journal"):
            (self.path / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Deletes what nobody uses any more: indexes replaced or left half built. One that a writer still holds is left for
        that writer to sweep; a folder that is gone needs no sweeping."""
        with suppress(Locked, FileNotFoundError), self.locked():
            kept = {self.current, self.building, DAMAGED}
            for index in self.path.iterdir():
                if index.is_dir() and index.name not in kept and not is_held(index / WRITER_LOCK):
                    shutil.rmtree(index, ignore_errors=True)

    def sweep_other_layouts(self, before: datetime) -> None:
        """Deletes the indexes of other releases, once the one in use is from before that instant: by then nobody searches
        them any more."""
        if (self.path / "current").stat().st_mtime >= before.timestamp():
            return
        for other in self.path.parent.glob(f"{self.kind}-*"):
            if other != self.path:
                shutil.rmtree(other, ignore_errors=True)

    def _put_aside(self, name: str) -> None:
        (self.path / "current").unlink()
        shutil.rmtree(self.path / DAMAGED, ignore_errors=True)
        with suppress(FileNotFoundError):
            (self.path / name).rename(self.path / DAMAGED)

    def _read(self, name: str) -> str | None:
        with suppress(FileNotFoundError):
            content = (self.path / name).read_bytes().strip()
            if NAME.fullmatch(content):
                return content.decode()
        return None

    def _write(self, name: str, value: str) -> None:
        """Replaces the file whole: a crash leaves the old value or the new one."""
        draft = self.path / f"{name}.draft"
        with draft.open("w", encoding="utf-8") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path / name)
        descriptor = os.open(self.path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def stamp(path: Path) -> tuple[int, int]:
    """Changes whenever the file was replaced. Raises OSError when there is none."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns
