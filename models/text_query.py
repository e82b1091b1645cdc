"""The little language of the search box: words are ANDed, "a phrase", -excluded, -(each of these), OR (or OU, or |), prefix*.

Parsed once into a small frozen tree that engines and the alert matcher translate. Odd punctuation is never an error here;
only a text too long, or one that could not narrow a search, is refused.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, TypeAlias

from errors import Invalid, Problem
from models.text import Token, is_stop, tokens

MAXIMUM_CHARACTERS: Final = 500
MAXIMUM_TERMS: Final = 50
_SHORTEST_PREFIX: Final = 2


@dataclass(frozen=True, slots=True)
class Word:
    """Stands, in any of its forms, in the text of a language: its stem there is among the stems of the text."""

    folded: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more words whose stems stand next to one another, stop words aside, in the text of one language."""

    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Some word of either text begins so, unstemmed."""

    folded: str


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Excluding:
    """Holds where `part` does not. Stands only beside something wanted, at the top of a tree."""

    part: "Node"


Term: TypeAlias = Word | Phrase | Prefix
Node: TypeAlias = Term | AllOf | AnyOf | Excluding


@dataclass(frozen=True, slots=True)
class TextQuery:
    """`root` is None only for a blank text; `ignored` are the words that are not searched, as typed."""

    root: Node | None
    ignored: tuple[str, ...]


def parse(text: str) -> TextQuery:
    """What the text asks for.

    Raises Invalid about the field `text`: TEXT_TOO_LONG, TOO_MANY_TERMS, ONLY_EXCLUSIONS, or NO_SEARCHABLE_WORD when
    nothing is left of what was typed (its fact `words` says what was lost).
    """
    if len(text) > MAXIMUM_CHARACTERS:
        raise _refused("TEXT_TOO_LONG", most=str(MAXIMUM_CHARACTERS), found=str(len(text)))
    if not text.strip():
        return TextQuery(None, ())
    reading = _read(text)
    return TextQuery(_tree(reading, _shown(text)), tuple(dict.fromkeys(reading.ignored)))


def positive_terms(node: Node) -> tuple[Term, ...]:
    """What is looked for, each once, in the order of the text: exclusions are left out."""
    return tuple(dict.fromkeys(term for term in _terms(node, excluded=False)))


@dataclass
class _Reading:
    """What was understood so far. Each list of `wanted` holds alternatives, one of which must stand."""

    wanted: list[list[Node]] = field(default_factory=list)
    excluded: list[Node] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    joins: bool = False  # an OR waits for its right side
    joinable: bool = False  # the last piece may be the left side of an OR
    brackets: int = 0  # open ones, of which the first has a minus before it: whatever stands in them is excluded

    def take(self, node: Node | None, typed: str, excluded: bool) -> None:
        if node is None and any(map(str.isalnum, typed)):
            self.ignored.append(_shown(typed))
        if excluded:
            self.excluded.extend(() if node is None else (node,))
        else:
            self._want(node)
        self.joins, self.joinable = False, not excluded

    def is_excluded(self, typed: str) -> bool:
        """Whether the next piece is, by itself or by a bracket that it stands in. A phrase opens and closes none."""
        within = self.brackets > 0
        piece = typed if within else typed.lstrip(_BRACKETS)
        if '"' not in typed and (within or _EXCLUDED_BRACKET.match(piece)):
            self.brackets = max(0, self.brackets + piece.count("(") - piece.count(")"))
        return within or piece.startswith("-")

    def _want(self, node: Node | None) -> None:
        """A lost word still takes its place beside an OR: what stands there is not joined to something else."""
        if not (self.joins and self.joinable):
            self.wanted.append([])
        self.wanted[-1].extend(() if node is None else (node,))


def _shown(typed: str) -> str:
    """What was typed, fit for an answer: no control character, no half of a character, no mark of direction."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())


_OPERATORS: Final = str.maketrans(
    {**dict.fromkeys("“”„‟«»″〝〞＂", '"'), **dict.fromkeys("－−", "-"), "＊": "*", "｜": "|", "／": "/"}
)
_PIECE: Final = re.compile(r'(?P<or>\|+)|-*"(?P<phrase>[^"]*)"|(?P<word>[^\s"|]+)')
_SEPARATOR: Final = re.compile(r"(?<!\d)[,;]|[,;](?!\d)")
"""Of words in a list, with or without a blank; the comma of a number is part of it."""
_BRACKETS: Final = "([{"
_EXCLUDED_BRACKET: Final = re.compile(r"-+\(")
_OR: Final = frozenset({"OR", "OU"})
_AFTER_STAR: Final = re.compile(r"\w\*+\Z")
_AND: Final = frozenset({"AND", "ET", "&&"})
_NOT: Final = re.compile(r'"[^"]*"|(?<!\S)(?:NOT|SAUF)\s+(?=\S)')
"""Before what is excluded, in capitals like the others; in a phrase it is a word."""


def _read(text: str) -> _Reading:
    reading = _Reading()
    for piece in _PIECE.finditer(_negated(_balanced(_SEPARATOR.sub(" ", text.translate(_OPERATORS))))):
        typed = piece.group()
        bare = unicodedata.normalize("NFKC", typed)
        if piece["or"] or bare in _OR:
            reading.joins = True
        elif piece["phrase"] is not None:
            reading.take(_phrase(tokens(piece["phrase"])), typed, reading.is_excluded(typed))
        else:
            excluded = reading.is_excluded(typed)
            if bare not in _AND and (chunk := typed.lstrip(_BRACKETS)).strip("-"):
                reading.take(_chunk(chunk), typed, excluded)
    return reading


def _balanced(text: str) -> str:
    """Without the last quotation mark when it has no partner: what follows it are words like any others."""
    if text.count('"') % 2 == 0:
        return text
    before, _, after = text.rpartition('"')
    return before + after if before.endswith("-") else f"{before} {after}"


def _negated(text: str) -> str:
    return _NOT.sub(lambda found: found[0] if found[0].startswith('"') else "-", text)


def _phrase(pieces: Iterable[Token]) -> Term | None:
    folded = tuple(piece.folded for piece in pieces if not is_stop(piece.folded))
    if len(folded) > 1:
        return Phrase(folded)
    return Word(folded[0]) if folded else None


def _chunk(chunk: str) -> Node | None:
    """A piece without blanks. What it joins by hyphens stands together; what it sets apart by slashes are alternatives."""
    kept = [piece for piece in tokens(chunk) if _is_kept(piece, chunk)]
    sides = [list(side) for _, side in groupby(kept, lambda piece: chunk.count("/", 0, piece.start))]
    if not (all(_has_word(side, 3) for side in sides) or any(_has_word(side, 4) for side in sides)):
        sides = [kept]
    return _any_of(node for side in sides if (node := _side(side, chunk)) is not None)


def _is_kept(piece: Token, chunk: str) -> bool:
    """A star ends its word: in inf*iere, what follows is left out rather than looked for as a word of its own."""
    is_torn = _AFTER_STAR.search(chunk[: piece.start]) is not None
    return not is_torn and (_is_prefix(piece, chunk) or not is_stop(piece.folded))


def _is_prefix(piece: Token, chunk: str) -> bool:
    return chunk.startswith("*", piece.end) and len(piece.folded) >= _SHORTEST_PREFIX


def _has_word(side: list[Token], shortest: int) -> bool:
    """Whether something stands there that may be an alternative: tcp/ip, 24/7 and pl/sql are one thing each; cook/baker, c/c++
    and R/Python are two."""
    return any(len(piece.folded) >= shortest or not piece.folded.isalnum() for piece in side)


def _side(side: list[Token], chunk: str) -> Node | None:
    if not any(_is_prefix(piece, chunk) for piece in side):
        return _phrase(side)
    return _all_of((Prefix if _is_prefix(piece, chunk) else Word)(piece.folded) for piece in side)


def _tree(reading: _Reading, typed: str) -> Node:
    wanted = [side for alternatives in reading.wanted if (side := _any_of(alternatives)) is not None]
    if not wanted and reading.excluded:
        raise _refused("ONLY_EXCLUSIONS")
    root = _all_of([*wanted, *map(Excluding, reading.excluded)])
    if root is None:
        raise _refused("NO_SEARCHABLE_WORD", words=", ".join(reading.ignored) or typed)
    if (count := sum(map(_size, _terms(root, excluded=True)))) > MAXIMUM_TERMS:
        raise _refused("TOO_MANY_TERMS", most=str(MAXIMUM_TERMS), found=str(count))
    return root


def _all_of(parts: Iterable[Node]) -> Node | None:
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,)))
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _any_of(parts: Iterable[Node]) -> Node | None:
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    return AnyOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _terms(node: Node, *, excluded: bool) -> Iterator[Term]:
    match node:
        case Word() | Phrase() | Prefix():
            yield node
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _terms(part, excluded=excluded)
        case Excluding(part):
            yield from _terms(part, excluded=excluded) if excluded else ()


def _size(term: Term) -> int:
    return len(term.folded) if isinstance(term, Phrase) else 1


def _refused(code: str, **facts: str) -> Invalid:
    return Invalid([Problem(("text",), code, tuple(facts.items()))])
