"""The real commands as processes of their own: started, waited for, killed without warning, started again. Not a test itself."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
LONGEST_START = 60.0
"""Seconds; a start takes two or three of them on an idle machine."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@dataclass(frozen=True)
class Finished:
    """What a command that ended had to say."""

    code: int
    output: str


@dataclass(frozen=True)
class Process:
    """A command that runs in a process group of its own. What it says is in the file `log`."""

    name: str
    child: asyncio.subprocess.Process
    log: Path

    @property
    def alive(self) -> bool:
        return self.child.returncode is None

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")

    async def kill(self) -> None:
        """As a power cut would: nothing in the process gets to run any more."""
        self.signal(signal.SIGKILL)
        await self.child.wait()

    async def stop(self) -> int:
        """As an operator would; gives the exit code."""
        self.signal(signal.SIGTERM)
        return await self.child.wait()

    def signal(self, number: signal.Signals) -> None:
        if self.alive:
            os.killpg(self.child.pid, number)


@dataclass(frozen=True)
class Installation:
    """The service as one operator runs it: its settings, its folder, and the processes started so far."""

    folder: Path
    port: int
    settings: Mapping[str, str]
    processes: list[Process] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/graphql"

    async def run(self, *command: str, entered: str = "") -> Finished:
        """Runs a command to its end."""
        child = await asyncio.create_subprocess_exec(
            *self._line(command),
            cwd=self.folder,
            env=self._environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await child.communicate(entered.encode())
        assert child.returncode is not None
        return Finished(child.returncode, output.decode())

    async def do(self, *command: str, entered: str = "") -> str:
        """Runs a command that must succeed; gives its output."""
        finished = await self.run(*command, entered=entered)
        assert finished.code == 0, f"placement {' '.join(command)} ended with {finished.code}:\n{finished.output}"
        return finished.output

    async def start(self, *command: str, **settings: str) -> Process:
        """Starts a command that goes on until it is stopped, with settings besides those of the installation."""
        log = self.folder / f"{len(self.processes):02}-{command[0]}.log"
        with log.open("wb") as output:
            child = await asyncio.create_subprocess_exec(
                *self._line(command),
                cwd=self.folder,
                env=self._environment() | settings,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        process = Process(command[0], child, log)
        self.processes.append(process)
        return process

    async def start_api(self, *, worker_inside: bool = False) -> Process:
        """Starts the API, and waits until it can be reached."""
        process = await self.start("serve", PLACEMENT_EMBEDDED_WORKER="yes" if worker_inside else "no")
        await self.wait_until_reached(process, "/healthz")
        return process

    async def wait_until_reached(self, process: Process, path: str) -> None:
        """Until that address answers 200. Says what the process said when it does not."""
        deadline = time.monotonic() + LONGEST_START
        async with httpx.AsyncClient() as http:
            while not await _answers(http, self.url + path):
                assert process.alive, f"{process.name} ended with {process.child.returncode}:\n{process.said()}"
                assert time.monotonic() < deadline, f"{path} does not answer 200:\n{process.said()}"
                await asyncio.sleep(0.05)

    async def wait_until_said(self, process: Process, words: str) -> None:
        deadline = time.monotonic() + LONGEST_START
        while words not in process.said():
            assert process.alive, f"{process.name} ended with {process.child.returncode}:\n{process.said()}"
            assert time.monotonic() < deadline, f"{process.name} never said {words!r}:\n{process.said()}"
            await asyncio.sleep(0.05)

    def said(self) -> str:
        """The last words of every process, for the message of a test that fails."""
        return "\n".join(f"--- {process.log.name}\n{process.said()[-4000:]}" for process in self.processes)

    async def end(self) -> None:
        for process in self.processes:
            await process.kill()

    def _line(self, command: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "cli", *command]

    def _environment(self) -> dict[str, str]:
        """Nothing of the settings that the tests themselves were started with. Compiled modules are kept for the next process:
        some tests start dozens."""
        left_out = ("PLACEMENT_", "PYTHONDONTWRITEBYTECODE")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        return {**inherited, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **self.settings}


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).status_code == 200
    except httpx.TransportError:
        return False


@asynccontextmanager
async def installation(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[Installation]:
    """A service with those settings, on a port of its own. Kills what is left of it at the end."""
    port = free_port()
    given = {
        "PLACEMENT_LIVE_MAIL_WAIT": "0",
        "PLACEMENT_PORT": str(port),
        "PLACEMENT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **settings,
    }
    installed = Installation(folder, port, given)
    try:
        yield installed
    finally:
        await installed.end()
