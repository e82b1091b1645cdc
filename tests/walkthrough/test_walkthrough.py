"""docs/walkthrough.md is what happens: its operations are sent in their order, in either language, and every answer and mail is
the one that it shows."""

from collections.abc import Iterator
from typing import Any

import pytest

from models.language import Language
from tests.conftest import Clock
from tests.service import Service
from tests.walkthrough.client import client
from tests.walkthrough.comparing import ANY, differences
from tests.walkthrough.document import LANGUAGES, TEXT, words
from tests.walkthrough.playing import Stage


def otherwise(shown: Any, there: Any) -> Iterator[Any]:
    """What there was with one thing changed at a time, but for what is left out."""
    if shown == ANY:
        return
    if isinstance(there, dict):
        yield {**there, "more": None}
        for name, value in there.items():
            yield from ({**there, name: each} for each in otherwise(shown[name], value))
    elif isinstance(there, list):
        yield [*there, None]
        for place, value in enumerate(there):
            yield from ([*there[:place], each, *there[place + 1 :]] for each in otherwise(shown[place], value))
    else:
        yield f"not {there}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_is_answered_as_the_document_shows(service: Service, clock: Clock, language: Language) -> None:
    """And nothing could have been answered otherwise unnoticed."""
    await service.agent()
    async with client(service, language) as speaking:
        stage = Stage(speaking, service, clock)
        assert await stage.play(TEXT) == []
    for shown, there in stage.seen:
        for other in otherwise(shown, there):
            assert list(differences(shown, other, dict(stage.known))), other


@pytest.mark.parametrize(
    ("said", "instead", "found"),
    [
        ('"status": "PENDING"', '"status": "AUTHENTICATED"', ".data.registerEmployer.employer.status"),
        ('"emailConfirmed": false, ', "", ".data.registerEmployer"),
        ("Un compte a été ouvert", "Un compte est ouvert", ": the document says"),
        ("| Placement en ligne |", "| Placement hors ligne |", ".errors[0].extensions.recourse.organization"),
    ],
)
async def test_what_the_document_says_otherwise_is_found(
    service: Service, clock: Clock, said: str, instead: str, found: str
) -> None:
    assert said in TEXT
    async with client(service, Language.FR) as speaking:
        wrong = await Stage(speaking, service, clock).play(TEXT.replace(said, instead, 1))
    assert [found in each for each in wrong] == [True], wrong


def test_every_text_of_the_tables_is_read_somewhere() -> None:
    for name in words(TEXT, Language.FR):
        assert TEXT.count(f"‹{name}›") > 1, name
