"""A mail server in a thread of its own, which can be taken away and brought back at the same address. Not a test itself."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from random import Random
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller

from tests.processes.running import free_port


@dataclass
class Mailbox:
    """Keeps every message at the moment it has arrived. It then takes up to `hesitation` seconds to say so, and says
    nothing while it is `silent`: a sender that dies meanwhile cannot know. `unanswered` is set once there is one."""

    hesitation: float = 0.0
    silent: bool = False
    unanswered: Event = field(default_factory=Event)
    port: int = field(default_factory=free_port)
    _contents: list[tuple[float, bytes]] = field(default_factory=list)
    _random: Random = field(default_factory=lambda: Random(1))
    _controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Whoever is in the middle of a conversation is cut off."""
        if self._controller is not None:
            asyncio.run_coroutine_threadsafe(self._hang_up(), self._controller.loop).result()
            self._controller.stop()
            self._controller = None

    async def _hang_up(self) -> None:
        """The library would leave the conversations behind half ended, to be complained of in some other test."""
        assert self._controller is not None
        assert self._controller.server is not None
        self._controller.server.close()
        for _ in range(4):  # whoever is just being let in begins to talk a moment after being cut off
            await asyncio.sleep(0.05)
            conversations = asyncio.all_tasks() - {asyncio.current_task()}
            for each in conversations:
                each.cancel()
            await asyncio.gather(*conversations, return_exceptions=True)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.keep(envelope.content)
        await asyncio.sleep(self._random.uniform(0, self.hesitation))
        await self._keep_silent()
        return "250 taken"

    def keep(self, content: bytes) -> None:
        self._contents.append((time.time(), content))

    async def _keep_silent(self) -> None:
        while self.silent:
            self.unanswered.set()
            await asyncio.sleep(0.01)

    def letters(self, wanted: Callable[[EmailMessage], bool] = lambda letter: True) -> list[EmailMessage]:
        """Those received so far, in their order."""
        return [letter for _, letter in self.arrivals() if wanted(letter)]

    def arrivals(self) -> list[tuple[float, EmailMessage]]:
        """The same with the instants at which they came, in seconds since the epoch."""
        return [(at, message_from_bytes(content, policy=policy.default)) for at, content in list(self._contents)]

    def letters_to(self, email: str) -> list[EmailMessage]:
        return self.letters(lambda letter: recipient(letter) == email)

    async def letter_to(self, email: str, holding: str, longest: float = 30.0) -> EmailMessage:
        """The newest letter to that address whose text holds those words, as soon as there is one."""
        deadline = time.monotonic() + longest
        while True:
            found = [letter for letter in self.letters_to(email) if holding in part(letter, "plain")]
            if found:
                return found[-1]
            assert time.monotonic() < deadline, f"no letter to {email} says {holding!r}"
            await asyncio.sleep(0.02)

    def repeats(self) -> int:
        """How many messages arrived more than once, counted by their Message-ID."""
        return sum(times - 1 for times in Counter(letter["Message-ID"] for letter in self.letters()).values())


def recipient(letter: EmailMessage) -> str:
    email: str = letter["To"].addresses[0].addr_spec
    return email


def part(letter: EmailMessage, subtype: str) -> str:
    """The text of the letter in one of its two forms, plain or html."""
    body = letter.get_body((subtype,))
    assert body is not None, f"the letter has no {subtype} part"
    text: str = body.get_content()
    return text
