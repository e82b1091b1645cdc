"""Every letter about a file as text for a person to proof-read. Sends nothing, and reads no file of anybody."""

from collections.abc import Iterator

from commands.notice_examples import Example, examples
from models.language import Language
from notifications.letters import Letter
from texts.catalogue import text

HEAD = """# What people are told of their file

Every notice and every letter about a file, in French and in English, with made-up facts. Written by `placement print-notices`:
change `texts/`, and not this file. The person lives in Casablanca; the cases go over a change of the clocks in Québec.
"""


def document() -> str:
    return "\n".join([HEAD, *(line for example in examples() for line in _section(example))])


def _section(example: Example) -> Iterator[str]:
    yield f"## {example.title}\n"
    for language in Language:
        yield f"### {language}\n"
        yield from _letter(example.write(language))


def _letter(letter: Letter) -> Iterator[str]:
    """As the text part of the mail has it."""
    yield f"**{letter.subject}**\n"
    yield from (f"{each}\n" for each in (letter.greeting, *letter.paragraphs))
    if letter.details:
        colon = text("mail.colon", letter.language)
        yield "\n".join(f"- {label}{colon} {value}" for label, value in letter.details) + "\n"
    yield from (f"{each}\n" for each in letter.closing)
