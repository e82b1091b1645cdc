"""Did you mean: for words of a query that find nothing, the nearest words that documents hold which the caller may see."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from models.candidacy_criteria import CandidacyCriteria
from models.clause import Clause
from models.criteria import word_clause
from models.document import Kind
from models.text import tokens
from models.text_query import Phrase, Word, parse, positive_terms
from resolvers.context import Context
from resolvers.search_answer import Criteria, fewest_told
from search.engine import NearWordsRequest, SearchRequest
from search.visibility import Visibility

Visible = Callable[[Context], Awaitable[Visibility]]
MOST = 5
"""Queries that are suggested."""
LOOKED_UP = 10
"""Words of a query that are looked up, each by a search: the first ones."""


async def suggestions(context: Context, criteria: Criteria | None, visible: Visible) -> list[str]:
    """The text with what finds nothing replaced, the nearest words first, as long as the criteria then find something; none when
    every word finds something. `visible` tells what the caller may see, and is not asked where nothing was typed. Raises what a
    search raises."""
    if criteria is None or not criteria.text:
        return []
    kind = Kind.CANDIDACY if isinstance(criteria, CandidacyCriteria) else Kind.JOB_OFFER
    wanted, visibility = _words(criteria.text)[:LOOKED_UP], await visible(context)
    found = await asyncio.gather(*(_finds(context, kind, word_clause(word), visibility) for word in wanted))
    missing = [word for word, finds in zip(wanted, found, strict=True) if not finds]
    near = await asyncio.gather(*(_near(context, kind, word, visibility) for word in missing))
    typed = _replaced(criteria.text, {word: words for word, words in zip(missing, near, strict=True) if words})
    useful = await asyncio.gather(*(_finds(context, kind, replace(criteria, text=each).clause, visibility) for each in typed))
    return [each for each, finds in zip(typed, useful, strict=True) if finds]


def _words(text: str) -> list[str]:
    """The words that are looked for as such, alone or in a phrase."""
    root = parse(text).root
    terms = positive_terms(root) if root else ()
    words = (term.folded if isinstance(term, Phrase) else (term.folded,) for term in terms if isinstance(term, Word | Phrase))
    return list(dict.fromkeys(word for each in words for word in each))


async def _finds(context: Context, kind: Kind, clause: Clause, visibility: Visibility) -> bool:
    request = SearchRequest(kind, clause, visibility.clause(), first=1, with_total=False)
    return bool((await context.engine.search(request)).hits)


async def _near(context: Context, kind: Kind, word: str, visibility: Visibility) -> Sequence[str]:
    """Of two forms of a word, which find the same, the first."""
    request = NearWordsRequest(kind, word, visibility.clause(), least=fewest_told(kind), first=MOST)
    kept: dict[Clause, str] = {}
    for each in await context.engine.near_words(request):
        kept.setdefault(word_clause(each), each)
    return list(kept.values())


def _replaced(text: str, near: Mapping[str, Sequence[str]]) -> list[str]:
    return [_with(text, chosen) for chosen in islice(_choices(near), MOST)]


def _choices(near: Mapping[str, Sequence[str]]) -> Iterator[Mapping[str, str]]:
    """The nearest word for each missing one; then the same but for one of them, which takes another of its near words."""
    if not near:
        return
    nearest = {word: words[0] for word, words in near.items()}
    yield nearest
    for place in range(1, MOST):
        yield from (nearest | {word: words[place]} for word, words in near.items() if place < len(words))


def _with(text: str, words: Mapping[str, str]) -> str:
    for token in reversed(tokens(text)):
        if token.folded in words:
            text = text[: token.start] + words[token.folded] + text[token.end :]
    return text
