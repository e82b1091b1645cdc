"""What a document shows beside what was answered: "…" stands for any value but null, and ‹name› for a text that is the same
wherever the name stands. Not a test itself."""

import re
from collections.abc import Iterator
from typing import Any

ANY = "…"
NAME = re.compile(r"‹(.+?)›")
Known = dict[str, str]


def differences(shown: Any, answered: Any, known: Known, at: str = "") -> Iterator[str]:
    """Where the two differ. Names that are not known yet become known."""
    if isinstance(shown, dict) and isinstance(answered, dict) and shown.keys() == answered.keys():
        for name, value in shown.items():
            yield from differences(value, answered[name], known, f"{at}.{name}")
    elif isinstance(shown, list) and isinstance(answered, list) and len(shown) == len(answered):
        for place, value in enumerate(shown):
            yield from differences(value, answered[place], known, f"{at}[{place}]")
    elif not same(shown, answered, known):
        yield f"{at}: the document says {filled(shown, known)!r}, and the service {answered!r}"


def same(shown: Any, answered: Any, known: Known) -> bool:
    if shown == ANY:
        return answered is not None
    if isinstance(shown, str) and isinstance(answered, str):
        return read(shown, answered, known)
    return type(shown) is type(answered) and bool(shown == answered)


def read(shown: str, answered: str, known: Known) -> bool:
    """Whether it is that text; if so, its names are known from now on. A line of a text that begins with "…" leaves out lines."""
    literal, *rest = NAME.split(filled(shown, known))
    pattern = re.escape(literal) + "".join(rf"(\S+){re.escape(after)}" for after in rest[1::2])
    found = re.fullmatch(pattern.replace("\\\n…", "\\\n(?s:.+)"), answered)
    known |= dict(zip(rest[::2], found.groups(), strict=True)) if found else {}
    return found is not None


def filled(shown: Any, known: Known) -> Any:
    """The same with every name that is known replaced by what it stands for."""
    if isinstance(shown, dict):
        return {name: filled(value, known) for name, value in shown.items()}
    if isinstance(shown, list):
        return [filled(value, known) for value in shown]
    return NAME.sub(lambda found: known.get(found[1], found[0]), shown) if isinstance(shown, str) else shown
