"""Real postings in both languages: converted to the form of an import, taken in whole, and found by what people type."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bootstrap import system_clock
from commands.importing import import_file
from models import occupation
from tests.conftest import Clock
from tests.service import Service

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = ("postings_cds_bilingual", "postings_18f_en", "postings_betagouv_fr", "postings_jobbank_en")
EMPLOYER = "rh@example.org"
SOFTWARE = "21232"
QUERY = """query($text: String!, $after: Cursor) { jobOffers(criteria: {text: $text}, first: 100, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { title { fr en } description { fr en } } } } }"""


def postings() -> list[dict[str, Any]]:
    if not DATA.is_dir():
        pytest.skip(f"there are no real postings at {DATA}")
    return [json.loads(line) for name in FILES for line in (DATA / f"{name}.jsonl").read_text().splitlines()]


def converted(posting: dict[str, Any]) -> dict[str, Any]:
    """A posting as a line of an import. What it does not say, or says of another country, is chosen for it."""
    code = str(posting.get("noc2021", SOFTWARE))
    return {
        "externalId": posting["id"],
        "title": {posting["lang"]: posting["title"][:150]},
        "description": {posting["lang"]: posting["description"][:10_000]},
        "occupation": code if occupation.is_known(code) else SOFTWARE,
        "region": "06",
        "city": posting.get("location", "Montréal")[:100],
        "contractType": "PERMANENT",
        "workMode": "HYBRID",
    }


async def take_in(service: Service, folder: Path, lines: list[dict[str, Any]]) -> int:
    file = folder / "postings.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    code = await import_file(service.resources.settings, "job-offers", file, EMPLOYER)
    assert isinstance(service.resources.now, Clock)
    service.resources.now.instant = system_clock()  # commands have the system's clock
    await service.work()
    return code


async def found(service: Service, text: str) -> set[str]:
    """The titles and texts of everything that a search finds, over all its pages."""
    return {node async for node in pages(service, text)}


async def pages(service: Service, text: str) -> AsyncIterator[str]:
    after = None
    while True:
        page = (await service.ask(QUERY, text=text, after=after))["jobOffers"]
        for edge in page["edges"]:
            yield json.dumps(edge["node"], ensure_ascii=False)
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


async def test_every_real_posting_goes_in_once_and_is_found(
    service: Service, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [converted(posting) for posting in postings()]
    clock.instant = system_clock()
    await service.employer(EMPLOYER, "1143920115", await service.agent())
    assert await take_in(service, tmp_path, lines) == 0
    total = (await service.ask("{ jobOffers { totalCount } }"))["jobOffers"]["totalCount"]
    assert total == len(lines) == 287
    for accented, typed in (
        ("données", "donnees"),
        ("sécurité", "SECURITE"),
        ("équipe", "equipe"),
        ("numérique", "numerique"),
    ):
        hits = await found(service, accented)
        assert hits, accented
        assert hits == await found(service, typed)
        assert all(any(stem in hit.lower() for stem in (accented[:5], typed[:5].lower())) for hit in hits)
    for text in (
        "développeur",
        "developpeur",
        "developer",
        '"software developer"',
        "designer",
        "security -designer",
        "data OR données",
    ):
        assert await found(service, text), text
    assert await take_in(service, tmp_path, lines) == 0
    assert (await service.ask("{ jobOffers { totalCount } }"))["jobOffers"]["totalCount"] == total
    assert "287" in capsys.readouterr().out


async def test_every_title_finds_its_posting(service: Service, clock: Clock, tmp_path: Path) -> None:
    lines = [converted(posting) for posting in postings()][::12]
    clock.instant = system_clock()
    await service.employer(EMPLOYER, "1143920115", await service.agent())
    assert await take_in(service, tmp_path, lines) == 0
    for line in lines:
        [(language, title)] = line["title"].items()
        words = " ".join(word for word in title.replace("-", " ").split() if word.isalnum())
        hits = await found(service, words)
        assert any(json.loads(hit)["title"][language] == title for hit in hits), words
