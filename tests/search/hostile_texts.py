"""What nobody means to search for, in endless variety: signs of every script, the languages of engines, and little searches
grown beyond measure. The same for the same seed."""

from collections.abc import Callable, Iterator
from random import Random

from models.text_query import MAXIMUM_CHARACTERS

PLANES = ((0x00, 0x7F), (0x80, 0x24F), (0x250, 0x2FFF), (0x3000, 0xD7FF), (0xD800, 0xDFFF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF))
"""Of all the characters there can be, halves of pairs among them."""
WORDS = ("soins", "nurse", "infirmière", "a", "de", "c++", "développeur")
FOREIGN = (
    *(
        "title:",
        "_exists_:",
        "text_fr:",
        "number:/.*/",
        "+",
        "-",
        "!",
        "~2",
        "^9",
        "&&",
        "||",
        "\\",
        "\\u0000",
        "*:*",
        "[a TO b]",
    ),
    *(
        "{a TO *}",
        "(",
        ")",
        "(?:a+)+$",
        "(a|a)*b",
        ".*.*.*=",
        "[^a",
        "\\p{L}+",
        "{{",
        "}}",
        "${jndi:x}",
        "' OR 1=1 --",
        "<b>",
        "%00",
    ),
    *(
        "?",
        "*",
        "**",
        "a*",
        "ab*",
        "*ab",
        "so?ns",
        '"',
        '""',
        '"a',
        "-(",
        "-((",
        "OR",
        "OU",
        "AND",
        "NOT",
        "|",
        "\u202e",
        "\ufeff",
    ),
)
"""Pieces of regular expressions, of Lucene's language, of templates and of SQL."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def hostile_texts(seed: int, count: int) -> Iterator[str]:
    """So many of each kind, none longer than a search may be. The extremes come first."""
    yield from (text[:MAXIMUM_CHARACTERS] for text in EXTREMES)
    random = Random(seed)
    for _ in range(count):
        for make in MAKERS:
            yield make(random)[:MAXIMUM_CHARACTERS]


def _unicode(random: Random) -> str:
    planes = [random.choice(PLANES) for _ in range(random.randint(1, 60))]
    return "".join(chr(random.randint(*plane)) for plane in planes)


def _foreign(random: Random) -> str:
    pieces = random.choices((*FOREIGN, *WORDS), k=random.randint(2, 30))
    return "".join(piece + random.choice(("", " ")) for piece in pieces)


def _unbalanced(random: Random) -> str:
    signs = random.choices('"“«()[]-| ', k=random.randint(1, 80))
    return "".join(sign + (random.choice(WORDS) if random.random() < 0.3 else "") for sign in signs)


def _wildcards(random: Random) -> str:
    """The shortest prefixes there may be, joined so that all of them are looked up."""
    prefixes = ("".join(random.choices(ALPHABET, k=random.randint(1, 3))) + "*" for _ in range(random.randint(2, 50)))
    return random.choice((" ", " OR ", " -", "|")).join(prefixes)


def _deep(random: Random) -> str:
    depth = random.randint(2, 120)
    opening = random.choice(("(", "-(", "(a OR ", "((b* |", '("'))
    return opening * depth + random.choice(WORDS) + ")" * random.randint(0, depth)


MAKERS: tuple[Callable[[Random], str], ...] = (_unicode, _foreign, _unbalanced, _wildcards, _deep)
EXTREMES = (
    "*" * MAXIMUM_CHARACTERS,
    " ".join(["*"] * 250),
    " OR ".join(f"{first}{second}*" for first in "aeiou" for second in "nrstlmpcd"),
    " ".join(f"{first}*" for first in ALPHABET),
    " ".join(f"{first}e*" for first in ALPHABET),
    "|".join(f"{first}{first}*" for first in ALPHABET),
    " OR ".join(["soins"] * 50),
    '"' + "de la " * 80 + '"',
    '"' + "soins nurse " * 24 + '"',
    "(" * 250 + "soins" + ")" * 245,
    "-(" * 200 + "soins",
    "soins -(" + " OR ".join(f"{each}o*" for each in ALPHABET) + ")",
)
