"""What is a stranger's is answered, to the letter and by as many statements, like what never was. How long that takes is
measured by benchmarks/strangers.py."""

from schema.node import LOADERS
from tests.service import Data
from tests.snapshot import ATTEMPTS, rows_of, written
from tests.statements import statements
from tests.strangers import OBJECTS, Question, questions
from tests.world import World


async def test_what_is_a_strangers_is_answered_to_the_letter_like_what_never_was(world: World) -> None:
    before = await rows_of(world.service.resources.database, apart_from=ATTEMPTS)
    told = {}
    for each in questions(world):
        hidden, unknown = [await answered(world, each, entered) for entered in (each.hidden, each.unknown)]
        assert hidden == unknown, each.name
        (answer,) = hidden[0].values()
        told[each.name] = answer and answer["code"]
    assert {name: code for name, code in told.items() if code not in (None, "NOT_FOUND")} == {}
    assert len(told) > 2 * len(OBJECTS)
    assert written(before, await rows_of(world.service.resources.database, apart_from=ATTEMPTS)) == {}


async def answered(world: World, question: Question, entered: Data) -> tuple[Data, object, int]:
    """The body, and what it cost."""
    with statements(world.service) as asked:
        result = await world.service.run(question.text, world.tokens[question.role], **entered)
        return result.data, result.errors, len(asked)


def test_every_type_of_object_is_asked_for() -> None:
    assert set(OBJECTS) == set(LOADERS)
