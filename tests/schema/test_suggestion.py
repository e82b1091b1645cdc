"""Typing help as clients get it: open to all, in both languages, popular codes first."""

import pytest

from models.language import Language
from tests.conftest import Clock
from tests.schema.posted import post
from tests.service import Service

OCCUPATIONS = """query($text: String!, $first: Int) {
    found: suggestOccupations(text: $text, first: $first) { code label labels { fr en } } }"""
SKILLS = OCCUPATIONS.replace("suggestOccupations", "suggestSkills")


async def codes(service: Service, query: str, text: str, first: int | None = None) -> list[str]:
    return [each["code"] for each in (await service.ask(query, text=text, first=first))["found"]]


@pytest.mark.parametrize("typed", ["infirm", "INFIRMIÈRE", "infirmiere clinicienne", "nurse", "registered n", "RN"])
async def test_anybody_is_suggested_an_occupation_in_either_language(service: Service, typed: str) -> None:
    assert "31301" in await codes(service, OCCUPATIONS, typed)


async def test_labels_are_in_the_language_of_the_caller_whatever_was_typed(service: Service) -> None:
    for typed, language, label in (
        ("plombière", Language.EN, "Plumbers"),
        ("plumber", Language.FR, "Plombières et plombiers"),
    ):
        found = (await service.ask(OCCUPATIONS, text=typed, language=language))["found"]
        assert found == [{"code": "72300", "label": label, "labels": {"fr": "Plombières et plombiers", "en": "Plumbers"}}]


async def test_skills_are_suggested_by_their_other_names_too(service: Service) -> None:
    assert await codes(service, SKILLS, "photosh") == ["adobe-creative-suite"]
    assert await codes(service, SKILLS, "C++") == ["c-plus-plus"]
    assert (await codes(service, SKILLS, ".net"))[0] == "dot-net"
    assert "welding-mig" in await codes(service, SKILLS, "soudage")


async def test_of_equal_answers_those_come_first_that_more_open_offers_name(service: Service, agent: str, clock: Clock) -> None:
    assert await codes(service, OCCUPATIONS, "ingénieur", 50) == await codes(service, OCCUPATIONS, "ingénieur", 50)
    before = await codes(service, OCCUPATIONS, "ingénieur", 3)
    employer = await service.employer("rh@example.org", "1143920115", agent)
    last = (await codes(service, OCCUPATIONS, "ingénieur", 50))[-1]
    await post(service, employer, last)
    await service.work()
    assert await codes(service, OCCUPATIONS, "ingénieur", 3) == before  # counted a moment ago
    clock.move(minutes=1)
    after = await codes(service, OCCUPATIONS, "ingénieur", 50)
    assert after.index(last) < len(after) - 1


async def test_blank_text_suggests_nothing(service: Service) -> None:
    assert await codes(service, OCCUPATIONS, " ") == await codes(service, SKILLS, "") == []


@pytest.mark.parametrize("query", [OCCUPATIONS, SKILLS])
@pytest.mark.parametrize(
    ("text", "first", "at_fault"),
    [
        ("x" * 201, 10, {("text",): "TOO_LONG"}),
        ("x", 0, {("first",): "PAGE_SIZE"}),
        ("x", 51, {("first",): "PAGE_SIZE"}),
        ("\x00", -1, {("text",): "UNFIT_CHARACTER", ("first",): "PAGE_SIZE"}),
    ],
)
async def test_too_much_is_refused_with_the_reason(
    service: Service, query: str, text: str, first: int, at_fault: dict[tuple[str], str]
) -> None:
    result = await service.run(query, text=text, first=first)
    problems = result.errors[0].original_error.problems
    assert {problem.path: problem.code for problem in problems} == at_fault


async def test_two_hundred_characters_and_fifty_codes_may_be_asked(service: Service) -> None:
    assert len(await codes(service, OCCUPATIONS, "a" + " " * 199, 50)) <= 50
