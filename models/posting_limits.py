"""How much one employer may post. Imports, which an operator does, are not held to it."""

from dataclasses import dataclass
from datetime import timedelta

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class PostingLimits:
    """`open` at once, `published` within any hour."""

    open: int = 500
    published: int = 50


USUAL = PostingLimits()
