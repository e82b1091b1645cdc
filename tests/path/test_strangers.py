"""What is a stranger's is answered, to the letter, like what never was."""

from schema.node import LOADERS
from tests.snapshot import rows_of, written
from tests.strangers import OBJECTS, questions
from tests.world import World


async def test_what_is_a_strangers_is_answered_to_the_letter_like_what_never_was(world: World) -> None:
    before = await rows_of(world.service.resources.database)
    told = {}
    for each in questions(world):
        token = world.tokens[each.role]
        hidden, unknown = [await world.service.run(each.text, token, **entered) for entered in (each.hidden, each.unknown)]
        assert (hidden.data, hidden.errors) == (unknown.data, unknown.errors), each.name
        (answer,) = hidden.data.values()
        told[each.name] = answer and answer["code"]
    assert {name: code for name, code in told.items() if code not in (None, "NOT_FOUND")} == {}
    assert len(told) > 2 * len(OBJECTS)
    assert written(before, await rows_of(world.service.resources.database)) == {}


def test_every_type_of_object_is_asked_for() -> None:
    assert set(OBJECTS) == set(LOADERS)
