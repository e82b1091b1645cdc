"""Public numbers of candidacies and offers: short, unguessable, easy to say on the telephone."""

import re
import secrets

ALPHABET = "23456789BCDFGHJKMNPQRTVWXY"
"""No vowels (no words), and none of 0 O 1 I L S Z U, which are heard or read as another."""
LENGTH = 8


def new_number() -> str:
    """Eight characters of 26: two hundred thousand million numbers, written in two groups of four."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{characters[:4]}-{characters[4:]}"


_TYPED = re.compile(rf"\s*[{ALPHABET}]{{4}}\W?[{ALPHABET}]{{4}}\s*", re.IGNORECASE)


def is_number(typed: str) -> bool:
    """Whether it looks like one number and nothing else. So do a few words: PHP7 MVC5."""
    return _TYPED.fullmatch(typed) is not None


def normal_number(typed: str) -> str:
    """A number as people type it, brought to the form in which it is kept."""
    kept = "".join(c for c in typed.upper() if c.isalnum())
    return f"{kept[:4]}-{kept[4:]}" if len(kept) == LENGTH else kept
