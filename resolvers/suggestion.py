"""Typing help, open to all: occupations and skills by the beginning of a label or of a job title."""

import asyncio
from dataclasses import dataclass

from models import occupation, skill
from models.checks import Checks
from resolvers.context import Context

LONGEST = 200
"""Characters that may be typed."""
MOST = 50


@dataclass(frozen=True)
class Typing:
    """`first` codes at most are wanted for what was typed so far."""

    text: str
    first: int

    def check(self) -> None:
        """Raises Invalid, with every argument at fault."""
        checks = Checks()
        checks.require("text", len(self.text) <= LONGEST, "TOO_LONG", most=str(LONGEST))
        checks.query("text", self.text)
        checks.require("first", 1 <= self.first <= MOST, "PAGE_SIZE", least="1", most=str(MOST))
        checks.done()


async def occupations(context: Context, typing: Typing) -> list[str]:
    """Codes, best answer first; equal answers by how many open offers name them."""
    typing.check()
    return await asyncio.to_thread(occupation.suggest, typing.text, typing.first, await context.popularity.occupations())


async def skills(context: Context, typing: Typing) -> list[str]:
    """Codes, in the same order."""
    typing.check()
    return await asyncio.to_thread(skill.suggest, typing.text, typing.first, await context.popularity.skills())
