"""Seals everything anew with the newest key, file by file while the service runs, so that older keys can be removed. Whatever
interrupts it, run again it does what is left. Never prints what it opens."""

from collections import Counter
from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.keys import Keys
from auth.vault import CannotOpen, Vault
from bootstrap import secret_keys
from commands.database import open_database_ready
from commands.progress import progress
from config import Settings
from models.candidate import Candidate
from models.database import Database
from models.holding import hold_candidate
from models.registry_question import RegistryQuestion

PAGE = 500
SEALED = ("sealed_file_number", "sealed_individual_reference_number")


async def reencrypt(settings: Settings) -> int:
    """0 when nothing is left under an older key: those can be removed. 1 when something cannot be opened, or was sealed with
    an older key meanwhile by a process that does not know the newest."""
    vault = Vault(Keys(secret_keys(settings)))
    async with open_database_ready(settings) as database:
        made = Counter(await _seal_all(database, vault))
        left, closed = await count_older(database, vault)
    print(f"{made['values']:,} values sealed and {made['fingerprints']:,} fingerprints made with the newest key")
    if closed:
        print(f"{closed:,} values cannot be opened with any of the keys in PLACEMENT_SECRET_KEY")
    print(f"{left:,} values still under an older key" + ("" if left or closed else ": the older keys can be removed"))
    return 1 if left or closed else 0


async def _seal_all(database: Database, vault: Vault) -> Counter[str]:
    async with database.read() as session:
        total = await session.scalar(select(func.count()).select_from(Candidate)) or 0
    made: Counter[str] = Counter()
    with progress("files", total) as bar:
        async for files in _pages(database):
            for candidate, questions in files:
                if _is_behind(vault, candidate, questions):
                    async with database.begin() as session:
                        made += await seal_file(session, vault, candidate.id)
                bar.advance(1)
    return made


File = tuple[Candidate, list[RegistryQuestion]]


async def _pages(database: Database) -> AsyncIterator[list[File]]:
    """Every file with its questions, in the order of their ids. Each page is a reading of its own, without locks."""
    query = select(Candidate).order_by(Candidate.id).limit(PAGE)
    following = query
    while True:
        async with database.read() as session:
            rows = list(await session.scalars(following))
            asked = select(RegistryQuestion).where(RegistryQuestion.candidate_id.in_([row.id for row in rows]))
            questions = list(await session.scalars(asked))
        if not rows:
            return
        following = query.where(Candidate.id > rows[-1].id)
        yield [(row, [each for each in questions if each.candidate_id == row.id]) for row in rows]


def _is_behind(vault: Vault, candidate: Candidate, questions: list[RegistryQuestion]) -> bool:
    older = any(not vault.newest(sealed) for sealed in _sealed(candidate, questions))
    return older or _has_older_name(vault, candidate)


async def seal_file(session: AsyncSession, vault: Vault, candidate_id: UUID) -> Counter[str]:
    """What of a file, and of what was asked about it, is not made with the newest key yet is made again; answers how many
    values and fingerprints that were. The file is held: a correction is either before or after."""
    candidate = await hold_candidate(session, candidate_id)
    if candidate is None:
        return Counter()
    asked = select(RegistryQuestion).where(RegistryQuestion.candidate_id == candidate_id).order_by(RegistryQuestion.id)
    rows = [candidate, *await session.scalars(asked.with_for_update())]
    values = sum(_seal(vault, row, name, candidate_id) for row in rows for name in SEALED)
    return Counter(values=values, fingerprints=_name(vault, candidate))


def _seal(vault: Vault, row: Candidate | RegistryQuestion, name: str, candidate_id: UUID) -> int:
    """What cannot be opened stays as it is."""
    sealed: bytes | None = getattr(row, name)
    if sealed is None or vault.newest(sealed):
        return 0
    try:
        setattr(row, name, vault.seal(vault.open(sealed, candidate_id.bytes), candidate_id.bytes))
    except CannotOpen:
        return 0
    return 1


def _name(vault: Vault, candidate: Candidate) -> int:
    if not _has_older_name(vault, candidate):
        return 0
    candidate.certificate_fingerprint = vault.fingerprints(vault.certificate_of(candidate))[0]
    return 1


async def count_older(database: Database, vault: Vault) -> tuple[int, int]:
    """How many values need an older key, and how many no key opens. A fingerprint of an older key counts as a value."""
    older = closed = 0
    async for files in _pages(database):
        for candidate, questions in files:
            for sealed in _sealed(candidate, questions):
                opens = _opens(vault, sealed, candidate.id)
                closed += not opens
                older += opens and not vault.newest(sealed)
            older += _has_older_name(vault, candidate)
    return older, closed


def _has_older_name(vault: Vault, candidate: Candidate) -> bool:
    """A fingerprint does not show its key: it is made again and compared. A file that has none needs none: its certificate
    serves another, or nobody. Nothing can be done about one whose numbers cannot be opened."""
    try:
        return candidate.certificate_fingerprint not in (None, vault.fingerprints(vault.certificate_of(candidate))[0])
    except CannotOpen:
        return False


def _sealed(candidate: Candidate, questions: list[RegistryQuestion]) -> list[bytes]:
    rows: list[Candidate | RegistryQuestion] = [candidate, *questions]
    return [sealed for row in rows for name in SEALED if (sealed := getattr(row, name)) is not None]


def _opens(vault: Vault, sealed: bytes, candidate_id: UUID) -> bool:
    try:
        vault.open(sealed, candidate_id.bytes)
    except CannotOpen:
        return False
    return True
