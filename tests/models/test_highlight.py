"""Extracts show the words that were found, in the very text of the database, and nothing else."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.highlight import Fragment, highlight
from models.language import Language
from models.text import is_stop, stem, tokens
from models.text_query import Node, Word, parse

FR, EN = Language.FR, Language.EN
GAP = Fragment("…", marked=False)
FILLER = "Une phrase neutre sans rien. " * 20


def query(text: str) -> Node:
    node = parse(text).root
    assert node is not None
    return node


def marked(text: str, asked: str, language: Language = FR) -> list[str]:
    return [fragment.text for fragment in highlight(text, language, query(asked)) if fragment.marked]


def extracts(fragments: list[Fragment]) -> list[str]:
    texts = [""]
    for fragment in fragments:
        if fragment == GAP:
            texts.append("")
        else:
            texts[-1] += fragment.text
    return texts


def test_a_short_text_is_shown_whole_with_its_accents() -> None:
    assert highlight("Infirmière de nuit à l’Œuvre", FR, query("infirmier oeuvre")) == [
        Fragment("Infirmière", marked=True),
        Fragment(" de nuit à l’", marked=False),
        Fragment("Œuvre", marked=True),
    ]


def test_a_text_where_nothing_stands_shows_nothing() -> None:
    assert highlight(FILLER, FR, query("infirmière")) == []
    assert highlight("", FR, query("infirmière")) == []


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Chef de projet, sans le chef", '"chef de projet"', ["Chef", "projet"]),
        ("Aides-soignant·e·s", "aide-soignante", ["Aides", "soignant"]),
        ("C, C++ et C#", "C++", ["C++"]),
        ("ASP.NET et Node.js", ".net node.js", [".NET", "Node.js"]),
        ("cafe\u0301 dé\u00advelopper", "café développer", ["cafe\u0301", "dé\u00advelopper"]),
        ("Soudeur, soudeuse, souder", "soud*", ["Soudeur", "soudeuse", "souder"]),
        ("cook not baker", "cook -baker", ["cook"]),
        ("½ journée", '"1 2" OR 2', ["½"]),
        ("B.Sc. exigé", "bsc", ["B.Sc"]),
    ],
)
def test_what_is_marked_is_what_was_found(text: str, asked: str, expected: list[str]) -> None:
    assert marked(text, asked) == expected


def test_each_language_finds_its_own_forms() -> None:
    assert marked("Nursing and nurses", "nurse", EN) == ["Nursing", "nurses"]
    assert marked("Nursing", "nurse", FR) == []


def test_extracts_keep_the_order_of_the_text_with_a_gap_between() -> None:
    text = f"Soudeur. {FILLER} Monteur de nuit. {FILLER} Soudeur monteur."
    fragments = highlight(text, FR, query("soudeur monteur nuit"))
    assert [fragment.text for fragment in fragments if fragment.marked] == ["Soudeur", "Monteur", "nuit", "Soudeur", "monteur"]
    assert fragments.count(GAP) == 2


def test_the_extract_that_shows_most_of_the_query_is_preferred() -> None:
    text = f"{'Soudeur. ' + FILLER} {'Soudeur. ' + FILLER} Un soudeur de nuit au Québec. {FILLER}"
    (extract,) = extracts(highlight(text, FR, query("soudeur nuit québec"), limit=1))
    assert "Un soudeur de nuit au Québec." in extract


def test_a_word_not_shown_yet_is_preferred_to_more_of_the_same() -> None:
    text = f"{('Soudeur soudeur soudeur. ' + FILLER) * 4} De nuit."
    assert "nuit" in marked(text, "soudeur nuit")


def test_extracts_are_cut_between_words() -> None:
    words = set(FILLER.split()) | {"soudeur"}
    for extract in extracts(highlight(f"{FILLER}soudeur {FILLER}", FR, query("soudeur"))):
        assert set(extract.split()) <= words
        assert 140 <= len(extract) <= 160


def test_a_word_longer_than_an_extract_is_shown_as_far_as_it_goes() -> None:
    assert highlight("x" * 1_000, FR, query("x" * 64)) == [Fragment("x" * 160, marked=True)]


letters = st.sampled_from(
    ["soudeur", "Nuit", "œuvre", "de", "l’été", "½", "c++", "e\u0301", " ", " ", "\n", ".", "-", "x" * 50, "·e"]
)


@given(
    st.lists(letters, max_size=120).map("".join), st.sampled_from(["soudeur nuit", '"soudeur nuit" OR c++', "oeuvr* 2 ete", "x*"])
)
def test_extracts_are_slices_of_the_text_and_their_marks_are_its_words(text: str, asked: str) -> None:
    fragments = highlight(text, FR, query(asked))
    place = 0
    for extract in extracts(fragments):
        assert len(extract) <= 160
        place = text.index(extract, place) + len(extract)
    assert fragments.count(GAP) <= 2
    assert all(fragment.text for fragment in fragments)
    assert bool(fragments) == any(fragment.marked for fragment in fragments)


@given(st.lists(letters, max_size=60).map("".join))
def test_a_word_is_marked_exactly_when_the_search_finds_it(text: str) -> None:
    sought = stem("soudeur", FR)
    stands = any(stem(token.folded, FR) == sought for token in tokens(text) if not is_stop(token.folded))
    assert bool(highlight(text, FR, Word("soudeur"))) == stands


@pytest.mark.parametrize("text", ["r " * 20_000, "r" * 40_000, "r/" * 20_000, "r " + "x" * 40_000])
def test_a_hostile_text_is_read_at_once(text: str) -> None:
    began = process_time()
    highlight(text, EN, query("r OR x*"))
    assert process_time() - began < 20
