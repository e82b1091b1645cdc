"""The worker as a process of its own: works the outbox until it is told to stop."""

import asyncio
import signal

import worker
from commands.database import open_ready
from config import Settings


async def work(settings: Settings) -> None:
    """Returns when the work in hand is done after SIGTERM or Ctrl+C; a second one ends the process at once."""
    async with open_ready(settings) as resources:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        def stop_working(number: int) -> None:
            stop.set()
            loop.remove_signal_handler(number)

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop_working, number)
        print("The worker is at work. Stop it with Ctrl+C.", flush=True)
        await worker.run(resources, stop)
