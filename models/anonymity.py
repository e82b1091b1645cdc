"""What in a text gives away who its author is: e-mail addresses, telephone numbers, links, and the author's own names and
numbers. Pure: it knows a text and what is the author's. What is written to get past it is found where that costs nothing else:
full width, invisible characters, « nom arobase domaine point com »."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final
from unicodedata import category, digit, normalize

from models.own_names import OwnNames

BETWEEN_DIGITS: Final = r"[\s().,_*/\u00b7-]{0,3}"
TELLING_DIGITS = 8
"""Of one's own telephone number: fewer may stand in a text by chance."""
AT_MOST = 20
"""Traces that are told of one text."""


@dataclass(frozen=True)
class Trace:
    """Of what kind, and where in the text as it was written."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Own:
    """What is known to be the author's. The telephone number is as it was typed."""

    names: OwnNames
    certificate_numbers: Sequence[str] = ()
    telephone: str = ""


def traces(text: str, own: Own) -> list[Trace]:
    """In the order of the text. What stands in an address is not told again as a link, nor what stands in either as a name."""
    plain, places = _in_place(text)
    found: list[Trace] = []
    for trace in _all(text, plain, places, own):
        if all(trace.end <= other.start or trace.start >= other.end for other in found):
            found.append(trace)
    return list(islice(sorted(found, key=lambda trace: trace.start), AT_MOST))


def _all(text: str, plain: str, places: Sequence[int], own: Own) -> Iterator[Trace]:
    """Those that go before others come first."""
    for number in own.certificate_numbers:
        yield from (Trace("HAS_CERTIFICATE_NUMBER", *span) for span in _written(number, plain, places))
    for code, find in FINDERS:
        yield from (Trace(code, *span) for span in find(text, plain, places))
    yield from (Trace("HAS_TELEPHONE", *span) for span in _own_telephone(own.telephone, plain, places))
    yield from (Trace("HAS_NAME", *span) for span in _names(text, own.names))


def _own_telephone(telephone: str, plain: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """By its last digits, in whatever groups: what stands before them depends on where one calls from."""
    last = re.sub(r"\D", "", _in_place(telephone)[0])[-TELLING_DIGITS:]
    if len(last) == TELLING_DIGITS:
        spread = BETWEEN_DIGITS.join(last)
        for match in re.finditer(rf"[+(]?(?:\d{BETWEEN_DIGITS}){{0,8}}{spread}(?!\d)", plain):
            yield _span(places, *match.span())


def _written(number: str, plain: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """With spaces and hyphens wherever they were put, as people type it."""
    spread = r"[\s.-]*".join(map(re.escape, number.lower()))
    for match in re.finditer(rf"(?<!\w){spread}(?!\w)", plain):
        yield _span(places, *match.span())


def _names(text: str, names: OwnNames) -> Iterator[tuple[int, int]]:
    """Names keep the case in which they were written, lose what cannot be seen, and are read as they look."""
    seen = [place for place, character in enumerate(text) if category(character) != "Cf"]
    for start, end in names.found_in("".join(text[place] for place in seen).translate(LOOK_ALIKE)):
        yield seen[start], seen[end - 1] + 1


def _in_place(text: str) -> tuple[str, Sequence[int]]:
    """The text in lower case and compatible forms, without invisible characters, and where each character comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pieces = [(piece, place) for place, character in enumerate(text) for piece in _plain(character)]
    return "".join(piece for piece, _ in pieces), [place for _, place in pieces]


LOOK_ALIKE: Final = str.maketrans(
    "АВЕКМНОРСТУХЅІЈаеорсухѕіј" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορν", "ABEKMHOPCTYXSIJaeopcyxsij" + "ABEZHIKMNOPTYXaopv"
)
"""Cyrillic and Greek letters, and the Latin ones that they cannot be told from."""
_SIGNS: Final = {"\N{MINUS SIGN}": "-", "\N{IDEOGRAPHIC FULL STOP}": "."}


@lru_cache(4096)
def _plain(character: str) -> str:
    match category(character):
        case "Cf":
            return ""
        case "Pd":
            return "-"
        case "Nd":
            return str(digit(character))
    return (
        " " if character.isspace() and character not in "\n\r" else _SIGNS.get(character) or normalize("NFKC", character).lower()
    )


_SURE: Final = "com|org|net|ca|qc|fr|info|biz|io|co|edu|gov|app|dev|eu|uk|tn|dz|sn|ci|cm|lu|ch|br|mx|xyz|tv"
"""Ends of addresses that do not end sentences: a space that was left out after one makes no link."""
_WITH_PATH: Final = f"{_SURE}|me|in|be|de|it|es|us|ma|to|ly|gl|so|ai|at|online|site|page|link|bio"
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOT: Final = r"(?:\.|\s\.\s|\s?[\[({<]\s?(?:dot|point|\.)\s?[\])}>]\s?|\s(?:dot|point)\s)"
_SPELT_AT: Final = r"(?:\s?[\[({<]\s?(?:at|arr?obase?|@)\s?[\])}>]\s?|\s(?:arr?obase?)\s)"
_EMAIL: Final = re.compile(
    rf"""
    (?<![\w.+-])[\w.+-]{{1,64}}
    (?:
        (?:\s?@\s?|{_SPELT_AT}) {_LABEL} (?:{_DOT}{_LABEL}){{0,4}} {_DOT} [a-z]{{2,24}}
      | \sat\s {_LABEL} (?:\s(?:dot|point)\s|\s?[\[({{]\s?(?:dot|point)\s?[\])}}]\s?) (?:com|org|net|ca|fr|edu|info|gov)
    )
    (?![\w-])
    """,
    re.VERBOSE,
)
_LINK: Final = re.compile(
    rf"""
    (?:https?|hxxps?|ftp)\s?:\s?//\s?\S+
  | (?<!\w)www(?:\.|\s(?:dot|point)\s|\s\.\s)\S{{2,}}
  | (?<![\w.@-]) (?P<host>(?:{_LABEL}\.){{1,5}})
    (?: (?P<ending>{_SURE})(?![\w-]|\.\w) | (?:{_WITH_PATH})(?=/[\w@~-]) ) (?P<path>/\S*)?
  | (?<!\w)(?:telegram|insta(?:gram)?|twitter|snapchat|skype|whatsapp|facebook|linkedin|wechat|viber|tiktok)\s?:?\s?@[\w.]{{2,}}
    """,
    re.VERBOSE,
)
_TECHNICAL: Final = frozenset("asp vb ado ml paint socket draw entity quartz microsoft framework dot".split())
"""What stands before .net or .io in the names of techniques."""
_CUED: Final = re.compile(
    r"""(?<!\w)(?:t[eé]l(?:[eé]phone)?|phone|mobile|cell(?:ulaire)?|gsm|portable|whatsapp|viber|appelez|call)\b[^\d\n+]{0,20}
    (?P<number>\+?\(?\d(?:[\s().-]{0,2}\d){6,14})(?!\d)""",
    re.VERBOSE,
)
_BARE: Final = re.compile(
    r"""(?<![\w+.,$€-])(?:
        (?:\+|00)\s?\(?[1-9](?:[\s().-]{0,2}\d){7,14}
      | \d(?:[\s.-]\d){9,14}
      | (?:1[\s./-]?)?\(?[2-9]\d{2}\)?[\s./-]{0,2}[2-9]\d{2}[\s./-]?\d{4}
      | 0[1-9](?P<between>[\s.-]?)\d{2}(?:(?P=between)\d{2}){3}
    )(?![\d]|[.,]\d)(?!\s?[$€%])""",
    re.VERBOSE,
)
_THOUSANDS: Final = re.compile(r"\+?\s?\d{1,3}(?:\s\d{3}){1,2}")
Spans = Iterator[tuple[int, int]]


def _span(places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return places[start], places[end - 1] + 1


def _emails(text: str, plain: str, places: Sequence[int]) -> Spans:
    for match in _EMAIL.finditer(plain):
        yield _span(places, *match.span())


def _links(text: str, plain: str, places: Sequence[int]) -> Spans:
    for match in _LINK.finditer(plain):
        start, end = match.span()
        end -= len(match.group()) - len(match.group().rstrip(".,;:!?)\"'»"))
        if match["host"] is None or _is_site(match, text, places):
            yield _span(places, start, end)


def _is_site(match: re.Match[str], text: str, places: Sequence[int]) -> bool:
    """No name of a technique (ASP.NET), no degree (B.COM), no sentence that begins without a space (« cinq ans.Ca »)."""
    labels = match["host"].rstrip(".").split(".")
    if labels[-1] in _TECHNICAL:
        return False
    if match["path"]:
        return True
    ending = text[places[match.start("ending")] : places[match.end("ending") - 1] + 1]
    sentence = ending[0].isupper() and not ending.isupper()
    return len(labels[0]) > 1 and not sentence and ending != "NET"


def _telephones(text: str, plain: str, places: Sequence[int]) -> Spans:
    for match in _CUED.finditer(plain):
        yield _span(places, *match.span("number"))
    for match in _BARE.finditer(plain):
        if not _THOUSANDS.fullmatch(match.group()):
            yield _span(places, *match.span())


FINDERS: Final[tuple[tuple[str, Callable[[str, str, Sequence[int]], Spans]], ...]] = (
    ("HAS_EMAIL", _emails),
    ("HAS_LINK", _links),
    ("HAS_TELEPHONE", _telephones),
)
