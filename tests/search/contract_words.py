"""What every engine says of words that nothing holds: which words of the documents that may be found are near to them."""

import pytest

from models.clause import Everything, Nothing, has
from models.document import Kind
from search.engine import NearWordsRequest, SearchEngine
from tests.search.documents import document, removal

WORDS = ("infirmiere", "infirmier", "soudeur", "soudeuse", "aide", "aise", "chef", "r&d", "menuisier", "été")


async def near(engine: SearchEngine, word: str, **how: object) -> list[str]:
    request: dict[str, object] = {"kind": Kind.JOB_OFFER, "word": word, "visibility": Everything(), **how}
    return list(await engine.near_words(NearWordsRequest(**request)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("infirmeir", ["infirmier", "infirmiere"]),  # two letters exchanged: one error
        ("infirmiers", ["infirmier", "infirmiere"]),  # one error, two errors
        ("soudeu", ["soudeur", "soudeuse"]),
        ("soduer", ["soudeur"]),
        ("menuisie", ["menuisier"]),
        ("enuisier", ["menuisier"]),  # the first letter too
        ("emnuisier", ["menuisier"]),
        ("mmenuisier", ["menuisier"]),
        ("enuisir", []),  # the first letter, and not it alone
        ("aidde", ["aide"]),  # five letters: one error
        ("aiide", ["aide"]),
        ("ayse", ["aise"]),
        ("aibes", []),
        ("chf", []),  # three letters: nothing is near
        ("r&c", []),
        ("soudeur", ["soudeuse"]),  # never the word itself
        ("xylophone", []),
        ("", []),
    ],
)
async def test_words_within_one_or_two_errors_are_near_the_nearest_first(
    engine: SearchEngine, typed: str, words: list[str]
) -> None:
    await engine.write([document(0, words=WORDS)])
    assert await near(engine, typed) == words


async def test_of_words_as_near_the_more_frequent_come_first(engine: SearchEngine) -> None:
    often = {"soudage": 2, "sondage": 4, "soldage": 3}
    await engine.write([document(n, words=[word for word, count in often.items() if n < count]) for n in range(4)])
    assert await near(engine, "sodage") == ["sondage", "soldage", "soudage"]
    assert await near(engine, "sodage", first=2) == ["sondage", "soldage"]


async def test_no_word_is_told_that_too_few_documents_hold(engine: SearchEngine) -> None:
    await engine.write([document(n, kind=Kind.CANDIDACY, words=("soudage", "sondage")[: 1 + (n < 2)]) for n in range(3)])
    assert await near(engine, "sodage", kind=Kind.CANDIDACY, least=3) == ["soudage"]


async def test_no_word_is_told_that_stands_only_where_the_caller_may_not_look(engine: SearchEngine) -> None:
    await engine.write([document(n, regions=f"{n % 2}", words=("soudage", "sondage")[n % 2]) for n in range(6)])
    assert await near(engine, "sodage", visibility=has("regions", "0"), least=3) == ["soudage"]
    assert await near(engine, "sodage", visibility=has("regions", "0"), least=4) == []
    assert await near(engine, "sodage", visibility=Nothing()) == []


async def test_what_was_removed_or_changed_tells_no_word(engine: SearchEngine) -> None:
    await engine.write([document(0, words="soudage"), document(1, words="sondage")])
    await engine.write([removal(0, version=2), document(1, version=2, words="soldage")])
    assert await near(engine, "sodage") == ["soldage"]


async def test_one_kind_tells_no_word_of_the_other(engine: SearchEngine) -> None:
    await engine.write([document(0, kind=Kind.CANDIDACY, words="soudage")])
    assert await near(engine, "sodage") == []
