"""docs/walkthrough.md as a script: what is sent, answered and mailed, in the order of the document. Not a test itself."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from models.language import Language
from tests.source_tree import PROJECT

TEXT = (PROJECT / "docs" / "walkthrough.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(graphql|json|text)\n(.*?)^```$|^## (\d\d:\d\d) ", re.DOTALL | re.MULTILINE)
REQUEST = re.compile(r"(?:# Authorization: Bearer (‹.+›)\n)?((?:# [^\n]+\n)*)(.+)", re.DOTALL)
WORDS = re.compile(r"^\| ‹(.+)› \| (.+) \| (.+) \|$", re.MULTILINE)
LETTER = re.compile(r"^\| (\d\d:\d\d) \| (\S+) \| (.+) \| (.+) \|$", re.MULTILINE)
LANGUAGES = (Language.FR, Language.EN)


@dataclass(frozen=True)
class Heading:
    """A time of the day in Québec."""

    time: time


@dataclass(frozen=True)
class Operation:
    """What somebody asks, and the answer that is shown; of a subscription, the list of its events."""

    line: int
    sender: str | None
    text: str
    variables: Any
    shown: Any

    @property
    def live(self) -> bool:
        return self.text.startswith("subscription")

    @property
    def changes(self) -> bool:
        return self.text.startswith("mutation")

    @property
    def session(self) -> str | None:
        """The name of the token that it gives."""
        name: str | None = self.shown["data"]["signIn"]["accessToken"] if "accessToken" in self.text else None
        return name

    def in_language(self, language: Language) -> bool:
        """Everything is asked in either language."""
        return language in LANGUAGES


@dataclass(frozen=True)
class Letter:
    """The newest mail to its reader, in the language that it names, or in both."""

    line: int
    shown: str

    @property
    def reader(self) -> str:
        return self.shown.partition("\n")[0].removeprefix("To: ")

    def in_language(self, language: Language) -> bool:
        return f"\nContent-Language: {language.lower()}\n" in self.shown or "\nContent-Language: " not in self.shown


def steps(document: str) -> Iterator[Heading | Operation | Letter]:
    """What is done and found, one after the other."""
    following = BLOCK.finditer(document)
    for block in following:
        kind, text, at = block.groups()
        line = document.count("\n", 0, block.start()) + 1
        if at:
            yield Heading(time.fromisoformat(at))
        elif kind == "text":
            yield Letter(line, text.strip())
        else:
            assert kind == "graphql", f"line {line}: an answer to nothing"
            yield _operation(line, text, json.loads(next(following)[2]))


def _operation(line: int, request: str, shown: Any) -> Operation:
    """Its variables stand before it, as a comment."""
    found = REQUEST.fullmatch(request)
    assert found, f"line {line}"
    sender, comment, text = found.groups()
    return Operation(line, sender, text, json.loads(comment.replace("# ", "")) if comment else None, shown)


def words(document: str, language: Language) -> dict[str, str]:
    """The texts that the tables give in both languages, by their names."""
    return {name: both[LANGUAGES.index(language)] for name, *both in WORDS.findall(document)}


def letters(document: str, language: Language) -> list[list[str]]:
    """Every mail of the afternoon: when, to whom, and its subject."""
    return [[at, reader, both[LANGUAGES.index(language)]] for at, reader, *both in LETTER.findall(document)]
