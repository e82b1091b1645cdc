"""Real résumés, taken in as candidacies: each is found by the words of its title and by what its first lines say."""

import json
from pathlib import Path
from typing import Any

import pytest

from bootstrap import system_clock
from commands.importing import import_file
from tests.conftest import Clock
from tests.service import Service

FILE = Path(__file__).parents[3] / "shared" / "data" / "profiles_resumes_en.jsonl"
QUERY = """query($text: String!) { candidacies(criteria: {text: $text}, first: 100) {
    totalCount edges { node { title { en } experience { en } } } } }"""
AT_MOST = 20
"""Candidacies of one person."""


def converted(number: int, profile: dict[str, Any]) -> dict[str, Any]:
    """A résumé as a line of an import, without the marks that cannot be kept. What it does not say is chosen for it; its number
    makes its title its own."""
    text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in profile["text"])
    return {
        "externalId": profile["id"],
        "candidate": f"person{number // AT_MOST}@example.net",
        "title": {"en": f"{profile['category']} résumé{number}"},
        "experience": {"en": text[:5_000]},
        "occupations": ["21232"],
        "countryOfResidence": "IN",
    }


async def test_every_real_profile_goes_in_and_is_found_by_its_title(service: Service, clock: Clock, tmp_path: Path) -> None:
    if not FILE.is_file():
        pytest.skip(f"there are no real profiles at {FILE}")
    lines = [converted(number, json.loads(line)) for number, line in enumerate(FILE.read_text().splitlines())]
    clock.instant = system_clock()
    file = tmp_path / "profiles.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert await import_file(service.resources.settings, "candidacies", file, None) == 0
    clock.instant = system_clock()  # commands have the system's clock
    await service.work()
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())

    async def found(text: str) -> set[str]:
        page = (await service.ask(QUERY, employer, text=text))["candidacies"]
        assert page["totalCount"] == len(page["edges"])
        return {edge["node"]["title"]["en"] for edge in page["edges"]}

    titles = [line["title"]["en"] for line in lines]
    for title in titles:
        category, own = title.rsplit(" ", 1)
        assert await found(title) == await found(own.replace("é", "E")) == {title}, title
        assert title in await found(category), "and by the words that others share"
    for title, text in zip(titles, (line["experience"]["en"] for line in lines), strict=True):
        words = [word for word in text[:200].replace("-", " ").split() if word.isalnum()][:6]
        assert title in await found(" ".join(words)), words
