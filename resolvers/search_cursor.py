"""Cursors of searches, as clients hold them: with a mark, so that none is taken that was not given."""

from dataclasses import replace

from errors import Invalid, Problem
from resolvers.context import Context
from search.engine import Page


def opened(context: Context, after: str | None) -> str | None:
    """What the engine gave. Raises Invalid for anything else."""
    if after is None:
        return None
    if (cursor := context.vault.unmarked(after)) is None:
        raise Invalid([Problem(("after",), "INVALID_CURSOR")])
    return cursor


def marked(context: Context, page: Page) -> Page:
    return replace(page, hits=[replace(hit, cursor=context.vault.mark(hit.cursor)) for hit in page.hits])
