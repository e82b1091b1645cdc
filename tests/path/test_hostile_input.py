"""What cannot be meant, at every place of every mutation's input: each is refused or the client's fault, never a fault of the
service's, and nothing of it is written."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson
import pytest
from graphql import GraphQLInputObjectType, get_nullable_type

from models.language import Language
from tests.acts import ACTS, MUTATIONS, document
from tests.path.hostile import Place, hostile, places, replaced, shown
from tests.real_parts import LONG
from tests.service import Data
from tests.snapshot import ATTEMPTS, rows_of, written
from tests.world import World
from transport import masking

WITH_INPUT = [name for name in MUTATIONS if MUTATIONS[name].args]


def input_type(name: str) -> GraphQLInputObjectType:
    of = get_nullable_type(MUTATIONS[name].args["input"].type)
    assert isinstance(of, GraphQLInputObjectType)
    return of


def tried(name: str, usual: Data) -> Iterator[tuple[Place, Any, Data]]:
    for place in places(input_type(name), usual):
        for value in hostile(place):
            yield place, value, replaced(usual, place.path, value)


def complaint(result: Any) -> str | None:
    """Why an answer is not the clear one that it should be; None when it is."""
    for error in result.errors or ():
        if masking.outcome_of(error) is masking.Outcome.FAULT:
            return f"a fault: {error.original_error!r}"
        if not masking.shown(error, Language.FR)["message"]:
            return "an error that says nothing"
    if result.errors:
        return None
    try:
        orjson.dumps(result.data)
    except TypeError as problem:
        return f"an answer that cannot be sent: {problem}"
    (answer,) = result.data.values()
    return None if answer.get("message") and answer.get("code") else f"accepted: {answer}"


@pytest.mark.parametrize("name", WITH_INPUT)
async def test_what_cannot_be_meant_is_told_and_nothing_is_written(world: World, name: str) -> None:
    act, text, found = ACTS[name], document(name), []
    before = await rows_of(world.service.resources.database, apart_from=ATTEMPTS)
    for place, value, entered in islice(tried(name, act.entered(world)), 0, None, 1 if LONG else 2):
        result = await world.service.run(text, world.tokens[act.role], language=Language.FR, input=entered)
        if (wrong := complaint(result)) is not None:
            found.append(f"{place.path} {shown(value)}: {wrong}")
    assert found == []
    assert written(before, await rows_of(world.service.resources.database, apart_from=ATTEMPTS)) == {}


def test_every_place_is_tried() -> None:
    alert = {place.path for place in places(input_type("createJobAlert"), {"criteria": {"employers": []}})}
    assert {("name",), ("criteria", "languagesAtMost", 0, "level"), ("criteria", "excluding", "employers", 0)} <= alert
    assert sum(1 for name in WITH_INPUT for _ in tried(name, {})) > 1_800
