"""Every mutation, refused: with its code, with its reason in both languages, with where to turn, and with nothing written."""

import re
from typing import Any

import pytest
from sqlalchemy import delete

from models.attempt import Attempt
from models.language import Language
from tests.acts import ACTS, MUTATIONS, done, input_of
from tests.path.refused import Refused
from tests.path.refused_accounts import ACCOUNTS, CORRECTIONS, REGISTRATIONS, RESIDENCE
from tests.path.refused_applications import APPLICATIONS
from tests.path.refused_contacts import CONTACTS
from tests.path.refused_members import MEMBERS
from tests.path.refused_objects import ALERTS, CANDIDACIES, EMPLOYERS, IDS, OFFERS, REPORTS, VERSIONS
from tests.snapshot import ATTEMPTS
from tests.world import World
from texts.catalogue import CATALOGUES, recourse

CASES = [
    *REGISTRATIONS,
    *CORRECTIONS,
    *RESIDENCE,
    *ACCOUNTS,
    *CANDIDACIES,
    *OFFERS,
    *REPORTS,
    *ALERTS,
    *CONTACTS,
    *APPLICATIONS,
    *MEMBERS,
    *IDS,
    *VERSIONS,
    *EMPLOYERS,
]
REASONS = {"EMPLOYER_REFUSED": "Inconnu.", "EMPLOYER_SUSPENDED": "Plainte."}
"""What the refusal tells of the reason that an agent gave."""


def says(code: str, language: Language, message: str) -> bool:
    """Whether it is the text of that code in that language, its placeholders filled."""
    pieces = re.split(r"\{\w+\}", CATALOGUES[language][code])
    return re.fullmatch(".*".join(map(re.escape, pieces)), message, re.DOTALL) is not None and "{" not in message


def test_every_mutation_has_a_refused_path() -> None:
    assert sorted(MUTATIONS.keys() - {case.act for case in CASES}) == []
    assert MUTATIONS.keys() == ACTS.keys()


def test_every_input_is_known_to_its_last_field(world: World) -> None:
    assert {act: set(ACTS[act].entered(world)) for act in ACTS} == {act: set(input_of(act)) for act in ACTS}


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_a_refusal_says_why_and_where_to_turn(world: World, case: Refused) -> None:
    await forget_attempts(world)
    for language in Language:
        answer = await done(world, case.act, case.role, case.entered(world), language)
        assert (answer["__typename"], answer["code"]) == (case.type, case.code), answer
        assert says(case.code, language, answer["message"])
        assert REASONS.get(case.code, "") in answer["message"]
        assert answer["recourse"] == recourse(case.code, language)
        fields = answer.get("fields", [])
        assert {".".join(each["path"]): each["code"] for each in fields} == case.fields
        assert all(says(each["code"], language, each["message"]) for each in fields)
    assert await world.written(apart_from=ATTEMPTS) == {}


async def forget_attempts(world: World) -> None:
    """No case uses up the tries of another: all of them come from one network."""
    async with world.service.resources.database.begin() as session:
        await session.execute(delete(Attempt))


async def refusal(world: World, act: str, what: str) -> Any:
    return await done(world, act, ACTS[act].role, {"id": world.ids[what]})


async def test_what_is_published_already_is_shown_to_its_owner(world: World) -> None:
    for act, what in (("publishCandidacy", "published candidacy"), ("publishJobOffer", "published offer")):
        assert (await refusal(world, act, what))["existing"]["id"] == world.ids[what]


async def test_a_limit_tells_its_figures(world: World) -> None:
    answer = await done(world, "createJobAlert", "candidate", {**ACTS["createJobAlert"].entered(world), "criteria": {}})
    assert (answer["limit"], answer["retryAfterSeconds"]) == (30, None)
    assert 0 <= answer["current"] <= 1
