"""The processes of an installation, of which each that is killed is replaced. Not a test itself."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from tests.processes.running import Installation, Process

LONGEST_LIFE = 1.0
"""Seconds that a worker is at work before it is killed; an API has twice as many."""


@dataclass
class Crew:
    """An API, and workers apart from it. `kills` counts by the name of the command."""

    installed: Installation
    api: Process
    workers: list[Process]
    kills: dict[str, int] = field(default_factory=lambda: {"serve": 0, "worker": 0})

    @classmethod
    async def hire(cls, installed: Installation, workers: int) -> "Crew":
        api, *hired = await asyncio.gather(installed.start_api(), *(start_worker(installed) for _ in range(workers)))
        await installed.wait_until_reached(api, "/readyz")  # the workers have built the indexes
        return cls(installed, api, hired)

    async def replace_api(self) -> None:
        await self._kill(self.api)
        self.api = await self.installed.start_api()

    async def replace_worker(self, place: int) -> None:
        await self._kill(self.workers[place])
        self.workers[place] = await start_worker(self.installed)

    async def replace_workers(self) -> None:
        await asyncio.gather(*(self.replace_worker(place) for place in range(len(self.workers))))

    async def replace_all(self) -> None:
        await asyncio.gather(self.replace_api(), self.replace_workers())

    def freeze_workers(self) -> None:
        """They do nothing from now on, not even take notice: what they are killed in is this very state."""
        for worker in self.workers:
            worker.signal(signal.SIGSTOP)

    async def lose_apis(self, times: int, random: Random, until_busy: Callable[[], Awaitable[None]]) -> None:
        """Kills that many, one after the other, each at the moment at which `until_busy` returns. Another takes its place."""
        for _ in range(times):
            await asyncio.sleep(random.uniform(0, 2 * LONGEST_LIFE))
            await until_busy()
            await self.replace_api()

    async def lose_workers(self, times: int, random: Random) -> None:
        """The same, at any moment."""
        for number in range(times):
            await asyncio.sleep(random.uniform(0, LONGEST_LIFE))
            await self.replace_worker(number % len(self.workers))

    async def _kill(self, process: Process) -> None:
        assert process.alive, f"{process.name} ended by itself:\n{process.said()}"
        await process.kill()
        self.kills[process.name] += 1


async def start_worker(installed: Installation) -> Process:
    """Starts a worker, and waits until it is at work."""
    process = await installed.start("worker")
    await installed.wait_until_said(process, "at work")
    return process
