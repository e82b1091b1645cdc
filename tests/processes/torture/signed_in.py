"""Somebody who is signed in and stays so, whatever is killed. Not a test itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.processes.writing import Data, Insistent
from tests.service import PASSWORD

RENEWED_AFTER = 240.0
"""Seconds; a token is good for ten minutes."""


@dataclass
class SignedIn:
    api: Insistent
    email: str
    token: str
    tell: Callable[[str], None] = lambda token: None
    """Who else wants to know the token."""
    since: float = 0.0

    def __post_init__(self) -> None:
        self.since = time.monotonic()

    async def done(self, name: str, selection: str, /, *, done_before: str = "", **entered: Any) -> Data:
        return await self.api.done(name, selection, self.token, done_before=done_before, **entered)

    async def stay_signed_in(self) -> None:
        if time.monotonic() - self.since > RENEWED_AFTER:
            session = await self.api.done("signIn", "... on Session { accessToken }", email=self.email, password=PASSWORD)
            self.token, self.since = session["accessToken"], time.monotonic()
            self.tell(self.token)
