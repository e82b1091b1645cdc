"""Somebody who types commands, on a database and an index of the test's own. Not a test itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import cli
import config
from bootstrap import Resources, open_resources

Line = Mapping[str, Any] | bytes
OFFER: Mapping[str, Any] = {
    "externalId": "A-1",
    "employer": "employer@example.org",
    "title": {"fr": "Infirmière clinicienne", "en": "Registered nurse"},
    "description": {"fr": "Soins à l’urgence, équipe de nuit."},
    "occupation": "31301",
    "region": "06",
    "contractType": "PERMANENT",
    "workMode": "ON_SITE",
    "hoursPerWeek": 37.5,
    "salary": {"minimum": 30, "maximum": 42, "period": "HOUR"},
}
CANDIDACY: Mapping[str, Any] = {
    "externalId": "C-1",
    "candidate": "amina@example.net",
    "givenName": "Amina",
    "familyName": "Benali",
    "countryOfResidence": "MA",
    "title": {"fr": "Menuisière d’atelier"},
    "occupations": ["72310"],
    "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 9}],
}
PRODUCTION = {
    "ENVIRONMENT": "production",
    "PUBLIC_URL": "https://placement.example.org",
    "DATABASE_URL": "postgresql+asyncpg://nobody:secret@127.0.0.1:9/nothing",
    "SEARCH_URL": "https://search.example.org",
    "REGISTRY_URL": "https://registry.example.org",
    "REGISTRY_TOKEN": "a-token-of-nobody",
    "MAIL_URL": "smtps://mail.example.org",
    "MAIL_FROM": "Placement <placement@service.example.net>",
    "SECRET_KEY": "kHp3vVq1Zr8sT5wXy2Bn6Mj9Lc4Dg7Fa",
}
"""Settings that pass, of a service that is nowhere."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Operator:
    folder: Path
    patch: pytest.MonkeyPatch
    output: pytest.CaptureFixture[str]

    def sets(self, **settings: str) -> None:
        """Settings by their names without the prefix."""
        for name, value in settings.items():
            self.patch.setenv(f"PLACEMENT_{name}", value)

    def demonstrates(self, candidacies: int, offers: int) -> None:
        """How large the demonstration is."""
        self.patch.setattr("commands.seeding.DEMO_CANDIDACIES", candidacies)
        self.patch.setattr("commands.seeding.DEMO_OFFERS", offers)

    async def run(self, *arguments: str, typing: str = "") -> Ran:
        """`typing` is what comes by standard input."""
        self.output.readouterr()
        typed = self.folder / "typed"
        typed.write_text(typing, "utf-8")
        with typed.open(encoding="utf-8") as standard_input:
            self.patch.setattr("sys.stdin", standard_input)
            code = await asyncio.to_thread(_run, arguments)
        out, err = self.output.readouterr()
        return Ran(code, out, err)

    async def seeds(self) -> None:
        """The demonstration, or whoever is needed of it."""
        assert (await self.run("seed")).code == 0

    async def imports(self, kind: str, lines: Iterable[Line], *options: str) -> Ran:
        return await self.run("import", kind, str(self.write(lines)), *options)

    def write(self, lines: Iterable[Line]) -> Path:
        encoded = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
        return self.keeps(b"".join(line + b"\n" for line in encoded))

    def keeps(self, content: str | bytes) -> Path:
        """A file with that content."""
        file = self.folder / "file"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def files(self) -> list[Path]:
        return list(self.folder.iterdir())

    @asynccontextmanager
    async def parts(self) -> AsyncIterator[Resources]:
        """What the commands work on."""
        async with open_resources(config.read()) as resources:
            yield resources


def _run(arguments: tuple[str, ...]) -> int:
    try:
        return cli.main(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
