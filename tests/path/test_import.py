"""Importing: what is right goes in once, what is wrong is told by its line, and the rest does not suffer for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from bootstrap import system_clock
from commands.importing import import_file
from tests.conftest import Clock
from tests.service import Service

EMPLOYER = "rh@example.org"
OFFER = {
    "externalId": "A-1",
    "title": {"fr": "Soudeuse ou soudeur"},
    "occupation": "72106",
    "region": "02",
    "contractType": "PERMANENT",
    "workMode": "ON_SITE",
}
CANDIDACY = {
    "externalId": "C-1",
    "candidate": "amina@example.net",
    "givenName": "Amina",
    "familyName": "Benali",
    "countryOfResidence": "MA",
    "title": {"fr": "Menuisière d’atelier"},
    "occupations": ["72310"],
}


async def take_in(service: Service, folder: Path, kind: str, lines: list[dict[str, Any] | bytes]) -> int:
    file = folder / "lines.jsonl"
    encoded = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    file.write_bytes(b"\n".join(encoded))
    code = await import_file(service.resources.settings, kind, file, EMPLOYER if kind == "job-offers" else None)
    assert isinstance(service.resources.now, Clock)
    service.resources.now.instant = system_clock()  # commands have the system's clock
    await service.work()
    return code


async def count(service: Service) -> int:
    total: int = (await service.ask("{ jobOffers { totalCount } }"))["jobOffers"]["totalCount"]
    return total


async def test_bad_lines_are_told_by_number_and_the_others_go_in(
    service: Service, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.instant = system_clock()
    await service.employer(EMPLOYER, "1143920115", await service.agent())
    bad: list[dict[str, Any] | bytes] = [
        b"not json",
        b"\xff\xfe",
        b"[]",
        {**OFFER, "externalId": "A-3", "occupation": "99999"},
        {**OFFER, "externalId": "A-4", "title": {"fr": "S\u0000"}},
        {**OFFER, "externalId": "A-5", "openings": "many"},
        {**OFFER, "externalId": "A-6", "colour": "red"},
        {**OFFER, "externalId": "A-7", "employer": "nobody@example.org"},
        {key: value for key, value in OFFER.items() if key != "externalId"},
    ]
    assert await take_in(service, tmp_path, "job-offers", [OFFER, *bad, {**OFFER, "externalId": "A-2"}]) == 1
    told = capsys.readouterr().err
    assert all(f" {number}" in told for number in range(2, 2 + len(bad))), told
    assert await count(service) == 2


async def test_the_same_again_changes_nothing_and_other_words_revise(service: Service, clock: Clock, tmp_path: Path) -> None:
    clock.instant = system_clock()
    await service.employer(EMPLOYER, "1143920115", await service.agent())
    query = "{ jobOffers { edges { node { number version title { fr } } } } }"
    assert await take_in(service, tmp_path, "job-offers", [OFFER]) == 0
    first = await service.ask(query)
    assert await take_in(service, tmp_path, "job-offers", [OFFER]) == 0
    assert await service.ask(query) == first
    assert await take_in(service, tmp_path, "job-offers", [{**OFFER, "title": {"fr": "Soudeur naval"}}]) == 0
    [edge] = (await service.ask(query))["jobOffers"]["edges"]
    [before] = first["jobOffers"]["edges"]
    assert edge["node"]["title"]["fr"] == "Soudeur naval"
    assert edge["node"]["number"] == before["node"]["number"]
    assert edge["node"]["version"] > before["node"]["version"]


async def test_an_unknown_candidate_is_made_and_found(service: Service, clock: Clock, tmp_path: Path) -> None:
    clock.instant = system_clock()
    employer = await service.employer(EMPLOYER, "1143920115", await service.agent())
    assert await take_in(service, tmp_path, "candidacies", [CANDIDACY, {**CANDIDACY, "externalId": "C-2"}]) == 0
    found = await service.ask(
        '{ candidacies(criteria: {text: "menuisier"}) { totalCount edges { node { countryOfResidence { code } } } } }', employer
    )
    assert found["candidacies"]["totalCount"] == 2
    assert found["candidacies"]["edges"][0]["node"]["countryOfResidence"]["code"] == "MA"


async def test_what_is_imported_reaches_alerts_once(service: Service, clock: Clock, tmp_path: Path) -> None:
    clock.instant = system_clock()
    await service.employer(EMPLOYER, "1143920115", await service.agent())
    candidate = await service.candidate("amina@example.org")
    await service.act("createJobAlert", "", candidate, name="Soudure", frequency="LIVE", criteria={"text": "soudeur"})
    clock.move(seconds=1)
    for _ in range(2):
        assert await take_in(service, tmp_path, "job-offers", [OFFER]) == 0
        clock.instant = system_clock()
        await service.work()
    query = "{ viewer { ... on Candidate { notifications { totalCount } } } }"
    assert (await service.ask(query, candidate))["viewer"]["notifications"]["totalCount"] == 1
