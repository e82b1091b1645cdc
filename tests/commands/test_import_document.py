"""What docs/import.md says is so: its examples go in, it names every field, and no other."""

import json
import re
from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from schema.schema import schema
from tests.commands.operator import Line, Operator
from tests.source_tree import PROJECT

DOCUMENT = (PROJECT / "docs" / "import.md").read_text("utf-8")
SECTIONS = {"job-offers": ("## Job offers", "CreateJobOfferInput"), "candidacies": ("## Candidacies", "CreateCandidacyInput")}
OF_IMPORTS_ONLY = {
    "job-offers": {"externalId", "publish", "employer"},
    "candidacies": {"externalId", "publish", "candidate", "givenName", "familyName", "countryOfResidence", "language"},
}


def section(title: str) -> str:
    return DOCUMENT.partition(f"{title}\n")[2].partition("\n## ")[0]


def example(kind: str) -> dict[str, Any]:
    block = re.search(r"```json\n(.+?)\n```", section(SECTIONS[kind][0]), re.DOTALL)
    assert block is not None
    found: dict[str, Any] = json.loads(block[1])
    return found


@pytest.mark.parametrize("kind", SECTIONS)
async def test_the_example_goes_in(operator: Operator, kind: str) -> None:
    await operator.seeds()
    ran = await operator.imports(kind, [example(kind)])
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 new, 0 changed, 0 unchanged, 0 bad")


@pytest.mark.parametrize("kind", SECTIONS)
def test_every_field_is_described_and_is_one_of_the_api_or_of_imports(kind: str) -> None:
    title, input_name = SECTIONS[kind]
    rows = [line.split("|")[1] for line in (section("## Both formats") + section(title)).splitlines() if line.startswith("| `")]
    described = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    definition = schema._schema.type_map[input_name]
    assert isinstance(definition, GraphQLInputObjectType)
    assert described == set(definition.fields) - {"idempotencyKey"} | OF_IMPORTS_ONLY[kind]


async def test_bad_lines_are_told_as_in_the_example(sqlite_operator: Operator) -> None:
    await sqlite_operator.seeds()
    offer = example("job-offers")
    lines: list[Line] = [{**offer, "externalId": f"{number}"} for number in range(1, 7)]
    lines[2] = {**offer, "title": "Nurse", "region": "18", "salary": {"minimum": 29.5, "maximum": 51, "period": "HOUR"}}
    lines[3] = {**offer, "title": {"fr": "x" * 151}, "region": "18"}
    lines[5] = {**offer, "employer": "nobody@example.net"}
    ran = await sqlite_operator.imports("job-offers", lines)
    told = re.search(r"```\n(.+?)```", section("## Bad lines"), re.DOTALL)
    assert told is not None
    assert (ran.code, ran.err + ran.out) == (1, told[1])
