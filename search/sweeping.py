"""Rids indexes of what is of no more use. Searches and writes go on."""

from datetime import datetime, timedelta

from models.database import Database
from models.document import Document, Kind
from search.engine import SearchEngine
from search.source import read_changes

AGE = timedelta(days=1)
"""What is older: no write begun before it is still under way, and no process of an earlier release still searches."""


async def sweep(engine: SearchEngine, database: Database, kind: Kind, now: datetime, age: timedelta = AGE) -> None:
    """Forgets removals, and indexes of other releases. A document that came back while its removal was being forgotten, in
    the version that it went in, went with it: it is written again. Raises Unavailable when the engine does not answer."""
    forgotten = await engine.sweep(kind, now - age)
    batch = await engine.open_batch()  # before the rows are read
    changes = await read_changes(database, kind, forgotten, now)
    await batch.write([change for change in changes if isinstance(change, Document)])
