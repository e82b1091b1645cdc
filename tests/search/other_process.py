"""Another process at work on an index: `python -m tests.search.other_process ACT URL`. Says on its output what it did."""

import asyncio
import sys
from itertools import count

from models.document import Kind
from search.engine import SearchEngine
from search.opening import open_engine
from tests.search.documents import document, made_empty


async def keep_writing(engine: SearchEngine) -> None:
    """Prints each number once its document is written, until it is killed."""
    for number in count():
        await engine.write([document(number, text="soin")])
        print(number, flush=True)


async def write_and_stay(engine: SearchEngine) -> None:
    """Writes document 0 and keeps its engine open."""
    await engine.write([document(0, text="soin")])
    print("written", flush=True)
    await asyncio.Event().wait()


async def take_turns(engine: SearchEngine) -> None:
    """Writes documents 1,000 to 1,019, one after the other."""
    for number in range(1_000, 1_020):
        await engine.write([document(number)])
    print("written", flush=True)


async def rebuild_and_stay(engine: SearchEngine) -> None:
    """Begins a rebuild of which it never comes to the end."""
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(number) for number in range(6_000)])
        print("building", flush=True)
        await asyncio.Event().wait()


ACTS = {act.__name__: act for act in (keep_writing, write_and_stay, take_turns, rebuild_and_stay)}


async def main(act: str, url: str) -> None:
    engine = await open_engine(url)
    if await engine.needs_rebuild(Kind.JOB_OFFER):
        await made_empty(engine)
    await ACTS[act](engine)
    await engine.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
