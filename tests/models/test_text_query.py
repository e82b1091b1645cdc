"""What the search box understands: its small language, and what it makes of anything else people type."""

import re
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errors import Invalid
from models.text import is_stop, tokens, words
from models.text_query import (
    MAXIMUM_CHARACTERS,
    MAXIMUM_TERMS,
    AllOf,
    AnyOf,
    Excluding,
    Node,
    Phrase,
    Prefix,
    Term,
    TextQuery,
    Word,
    parse,
    positive_terms,
)

SIGNS = [
    '"',
    "“",
    "»",
    "-",
    "－",
    "*",
    "＊",
    "|",
    "OR",
    " OU ",
    " ",
    "/",
    "(",
    ")",
    "'",
    "’",
    "+",
    "#",
    ".net",
    "de",
    "nurse",
    "é",
    "\x00",
]
typed = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=6)), max_size=60).map("".join)


def root(text: str) -> Node:
    node = parse(text).root
    assert node is not None
    return node


def refusal(text: str) -> tuple[str, dict[str, str]]:
    with pytest.raises(Invalid) as raised:
        parse(text)
    (problem,) = raised.value.problems
    assert problem.path == ("text",)
    return problem.code, dict(problem.facts)


def both(*sought: str) -> AllOf:
    return AllOf(tuple(map(Word, sought)))


def either(*sought: str) -> AnyOf:
    return AnyOf(tuple(map(Word, sought)))


SHIFT = Phrase(("night", "shift"))


def without_cook_and_baker(*sought: str) -> AllOf:
    return AllOf((*map(Word, sought), Excluding(Word("cook")), Excluding(Word("baker"))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Infirmière", Word("infirmiere")),
        ("chef cuisine", both("chef", "cuisine")),
        ('"chef de projet"', Phrase(("chef", "projet"))),
        ("« chef\u00a0d’équipe »", Phrase(("chef", "equipe"))),
        ("“chef d’équipe”", Phrase(("chef", "equipe"))),
        ("nurse OR baker night", AllOf((either("nurse", "baker"), Word("night")))),
        ("nurse OU baker OU cook", either("nurse", "baker", "cook")),
        ("nurse|baker || cook", either("nurse", "baker", "cook")),
        ("nurse -night", AllOf((Word("nurse"), Excluding(Word("night"))))),
        ('nurse -"night shift"', AllOf((Word("nurse"), Excluding(Phrase(("night", "shift")))))),
        ("nurse -tempor*", AllOf((Word("nurse"), Excluding(Prefix("tempor"))))),
        ("-night nurse", AllOf((Word("nurse"), Excluding(Word("night"))))),
        ("nurse -cook/baker", AllOf((Word("nurse"), Excluding(either("cook", "baker"))))),
        ("nurse -(cook baker) night", without_cook_and_baker("nurse", "night")),
        ("nurse -(cook OR baker) night", without_cook_and_baker("nurse", "night")),
        ("-( ( cook ) (baker) ) nurse", without_cook_and_baker("nurse")),
        ("(nurse -(cook baker) night)", without_cook_and_baker("nurse", "night")),
        ("nurse -(cook -baker", without_cook_and_baker("nurse")),
        ('nurse -("night shift)" cook) baker', AllOf((*both("nurse", "baker").parts, Excluding(SHIFT), Excluding(Word("cook"))))),
        ("infirm*", Prefix("infirm")),
        ("l’infirm*", Prefix("infirm")),
        ("de*", Prefix("de")),
        ("aide-soign*", AllOf((Word("aide"), Prefix("soign")))),
        ("C++ C# .NET Node.js R", both("c++", "c#", ".net", "node.js", "r")),
        ("L'Oréal", Word("oreal")),
    ],
)
def test_each_sign_means_what_the_reference_says(text: str, expected: Node) -> None:
    assert parse(text) == TextQuery(expected, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aide-soignant", Phrase(("aide", "soignant"))),
        ("aide-soignant(e)s", Phrase(("aide", "soignant"))),
        ("jean@exemple.com", Phrase(("jean", "exemple", "com"))),
        ("asp.net", Phrase(("asp", ".net"))),
        ("infirmier/infirmière", either("infirmier", "infirmiere")),
        ("infirmier/ère", Word("infirmier")),
        ("directeur/rice", Word("directeur")),
        ("aide-cuisinier/commis", AnyOf((Phrase(("aide", "cuisinier")), Word("commis")))),
        ("C++/C#", either("c++", "c#")),
        ("C/C++", either("c", "c++")),
        ("R/Python", either("r", "python")),
        ("python,sql;excel", both("python", "sql", "excel")),
        ("cuisin*/boulang*", AnyOf((Prefix("cuisin"), Prefix("boulang")))),
        ("tcp/ip", Phrase(("tcp", "ip"))),
        ("24/7", Phrase(("24", "7"))),
        ("développeur·euse", Word("developpeur")),
    ],
)
def test_a_word_of_several_pieces_is_a_phrase_and_slashes_part_alternatives(text: str, expected: Node) -> None:
    assert root(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('nurse "night shift', both("nurse", "night", "shift")),
        ('"night shift" nurse"', AllOf((Phrase(("night", "shift")), Word("nurse")))),
        ('-"night nurse', AllOf((Word("nurse"), Excluding(Word("night"))))),
        ('night"shift', both("night", "shift")),
        ("OR nurse OR", Word("nurse")),
        ("| nurse |||", Word("nurse")),
        ("nurse OR OR baker", either("nurse", "baker")),
        ("nurse or baker", both("nurse", "baker")),
        ("nurse AND baker ET cook", both("nurse", "baker", "cook")),
        ("nurse NOT cook", AllOf((Word("nurse"), Excluding(Word("cook"))))),
        (
            'nurse AND NOT "night shift" NOT (cook baker)',
            AllOf((Word("nurse"), Excluding(SHIFT), Excluding(Word("cook")), Excluding(Word("baker")))),
        ),
        ("infirmière SAUF nuit", AllOf((Word("infirmiere"), Excluding(Word("nuit"))))),
        ("nurse NOT", both("nurse", "not")),
        ('"nurse NOT cook" NOT "night shift"', AllOf((Phrase(("nurse", "not", "cook")), Excluding(SHIFT)))),
        ("NOT -nurse cook", AllOf((Word("cook"), Excluding(Word("nurse"))))),
        ("nurse OR -baker", AllOf((Word("nurse"), Excluding(Word("baker"))))),
        ("nurse the OR baker", both("nurse", "baker")),
        ("nurse OR the OR baker", either("nurse", "baker")),
        ("nurse - baker -- *", both("nurse", "baker")),
        ("--nurse baker", AllOf((Word("baker"), Excluding(Word("nurse"))))),
        ("(nurse OR baker) (-night)", AllOf((either("nurse", "baker"), Excluding(Word("night"))))),
        ("inf*ière", Prefix("inf")),
        ("*nurse** *", Prefix("nurse")),
        ("c*", Word("c")),
        ('"nurse" ""', Word("nurse")),
        ('"night nurs*"', Phrase(("night", "nurs"))),
        (
            "ＯＲ ｎｕｒｓｅ ＯＲ ＂ｎｉｇｈｔ　ｓｈｉｆｔ＂ －ｃｏｏｋ",
            AllOf((AnyOf((Word("nurse"), Phrase(("night", "shift")))), Excluding(Word("cook")))),
        ),
        ("+title:nurse~2 [a TO b]", AllOf((Phrase(("title", "nurse", "2")), Word("b")))),
        ("night\x00shift", Phrase(("night", "shift"))),
    ],
)
def test_odd_punctuation_is_taken_as_sensibly_as_it_can_be(text: str, expected: Node) -> None:
    assert root(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nurse Nurse NURSE", Word("nurse")),
        ("nurse OR nurse", Word("nurse")),
        ("cook/baker cook/baker", either("cook", "baker")),
        ("nurse -cook -COOK", AllOf((Word("nurse"), Excluding(Word("cook"))))),
        ('"nurse"', Word("nurse")),
    ],
)
def test_what_is_said_twice_is_kept_once(text: str, expected: Node) -> None:
    assert root(text) == expected


def test_words_that_are_not_searched_are_told_as_typed() -> None:
    assert parse("Chef de la mine d'Or -Le OR “of the” & nurse").ignored == ("de", "la", "d'Or", "-Le", '"of the"')


def test_what_is_told_back_can_be_written_into_any_answer() -> None:
    told = parse('nurse "of\u00a0\x00the" \ud800de \u202ele').ignored
    assert told == ('"of the"', "de", "le")


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\n\t"])
def test_a_blank_text_asks_for_nothing(text: str) -> None:
    assert parse(text) == TextQuery(None, ())


@pytest.mark.parametrize("text", ["de la", "the", '"of the"', "***", "-", '"', "OR", "l'", "\x00", "-de"])
def test_a_text_that_loses_all_its_words_is_refused_rather_than_matching_everything(text: str) -> None:
    assert refusal(text)[0] == "NO_SEARCHABLE_WORD"


def test_the_refusal_names_the_words_that_were_lost() -> None:
    assert refusal("De la") == ("NO_SEARCHABLE_WORD", {"words": "De, la"})
    assert refusal("***") == ("NO_SEARCHABLE_WORD", {"words": "***"})


@pytest.mark.parametrize("text", ["-night", '-night -"a phrase" -pre*', "the -night"])
def test_a_text_of_exclusions_only_is_refused(text: str) -> None:
    assert refusal(text) == ("ONLY_EXCLUSIONS", {})


def test_a_text_is_refused_from_its_five_hundred_and_first_character() -> None:
    assert root("x" * MAXIMUM_CHARACTERS) == Word("x" * 64)
    assert refusal("x" * (MAXIMUM_CHARACTERS + 1)) == ("TEXT_TOO_LONG", {"most": "500", "found": "501"})


def test_a_text_is_refused_from_its_fifty_first_term() -> None:
    terms = [f"k{number}" for number in range(MAXIMUM_TERMS + 1)]
    assert len(positive_terms(root(" ".join(terms[1:])))) == MAXIMUM_TERMS
    assert refusal(" ".join(terms)) == ("TOO_MANY_TERMS", {"most": "50", "found": "51"})
    assert refusal(f'"{" ".join(terms[2:])}" z -x')[0] == "TOO_MANY_TERMS"


def test_a_repeated_term_counts_once() -> None:
    assert root("nurse " * 80) == Word("nurse")


def test_positive_terms_are_those_looked_for_each_once() -> None:
    assert positive_terms(root('nurse "night shift" OR cook -baker pre* -"x z" nurse')) == (
        Word("nurse"),
        Phrase(("night", "shift")),
        Word("cook"),
        Prefix("pre"),
    )


@given(typed)
@example('-"*|OR')
@example("ﷺ" * 400)
def test_whatever_is_typed_becomes_a_normal_tree_or_is_refused(text: str) -> None:
    query = outcome(text)
    if isinstance(query, TextQuery):
        assert (query.root is None) == (not text.strip())
    if isinstance(query, TextQuery) and query.root is not None:
        assert_normal(query.root, above="")
        assert positive_terms(query.root)


def assert_normal(node: Node, above: str) -> None:
    kind = type(node).__name__
    assert kind != above
    match node:
        case AllOf(parts) | AnyOf(parts):
            assert len(parts) > 1
            assert len(set(parts)) == len(parts)
            for part in parts:
                assert_normal(part, kind)
        case Excluding(part):
            assert above == "AllOf"
            assert_normal(part, kind)
        case _:
            assert_searchable(node)


def assert_searchable(term: Term) -> None:
    if isinstance(term, Prefix):
        assert len(term.folded) >= 2
        return
    sought = term.folded if isinstance(term, Phrase) else (term.folded,)
    assert len(sought) > 1 or isinstance(term, Word)
    for word in sought:
        assert [token.folded for token in tokens(word)] == [word]
        assert not is_stop(word)


@given(typed)
def test_the_blanks_between_pieces_make_no_difference(text: str) -> None:
    spread = re.sub(r"\s", " \u00a0 ", text)
    if len(spread) <= MAXIMUM_CHARACTERS:
        assert understood(spread) == understood(text)


@given(st.text(st.characters(exclude_characters='"“”„‟«»″〝〞＂'), max_size=100))
def test_a_text_between_quotation_marks_asks_for_all_its_words_in_order(text: str) -> None:
    if len(sought := words(text)) > 1:
        assert root(f"«{text}”") == Phrase(tuple(sought))


def understood(text: str) -> Node | str | None:
    answer = outcome(text)
    return answer.root if isinstance(answer, TextQuery) else answer


def outcome(text: str) -> TextQuery | str:
    """What the text asks for, or the code of its refusal. Anything else that is raised fails the test."""
    try:
        return parse(text)
    except Invalid as refused:
        return refused.problems[0].code


@pytest.mark.parametrize(
    "piece", ['"a b" ', "x* ", "x*", "a/b", "-", '"', "|", "k9 OR ", "c+", "a.b", "é", "ﷺ", '-"x', "(", "l'", "\\", "x&", "*-"]
)
def test_the_longest_text_is_read_at_once(piece: str) -> None:
    text = (piece * MAXIMUM_CHARACTERS)[:MAXIMUM_CHARACTERS]
    began = process_time()
    outcome(text)
    assert process_time() - began < 20
