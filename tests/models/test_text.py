"""The analysis every search rests on: what a word is, where it stands, and which spellings are the same word."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.language import Language
from models.stop_words import STOP_WORDS
from models.text import LONGEST_WORD, Token, is_stop, stem, stems, tokens, tokens_at, words

# Anything Unicode holds, and far more often what job texts are made of and what the analysis treats apart.
TELLING = "aAbceEtjlnrsxRué ÉœŒßǽ½ﬁ\u0301\u00ad\u200b\u00a0\u202f\x00\n'’´`\"«»+#.&/-_()·•*|123５ＡＣ…™㏂"
texts = st.text(st.one_of(st.sampled_from(TELLING), st.characters()), max_size=80)
pieces_of_texts = st.sampled_from(
    ("C++", "c#", ".NET", "asp.net", "Node.js", "l’", "qu'", "directeur", "·rice", "(e)", "e.s", "B.Sc.", "R&D", " ", "-")
)
job_texts = st.lists(st.one_of(pieces_of_texts, texts), max_size=8).map("".join)

JOB_WORDS = """
    infirmière préposé bénéficiaires ingénieur électricien mécanicien opérateur éducatrice médecin vétérinaire
    hygiéniste diététiste secrétaire réceptionniste employé métallurgiste géomètre géologue théâtre comédienne
    décorateur désosseur dépanneur déménageur pépiniériste pâtissière pêcheur mécanique chaudronnière bûcheron maçon
    façadier plâtrier contremaître maître hôtesse hôtelier cuisinière boulangère caissière conseillère étalagiste
    développeur systèmes réseaux sécurité données numérique télécommunications électronique génie bâtiment câbleur
    chef-d'équipe régleur vérificateur contrôleur qualité évaluateur fiscalité trésorière comptabilité économiste
    démographe bibliothécaire archéologue éditrice rédacteur interprète sténographe graphiste célébrant thérapeute
    ergothérapeute kinésithérapeute physiothérapeute orthopédiste pédiatre échographiste dentaire ambulancière
    pompière gérante forêt œuvre manœuvre sœur bœuf aéronautique ébéniste élagueur éclairagiste préparatrice
    répartiteur
"""
ACCENTED = JOB_WORDS.split()

FAMILIES = [
    "infirmier infirmière infirmiers infirmières infirmiere",
    "vendeur vendeuse vendeurs vendeuses",
    "directeur directrice directeurs directrices",
    "boulanger boulangère boulangers boulangères",
    "conseiller conseillère",
    "caissier caissière",
    "développeur développeuse developpeuses",
    "animateur animatrice",
    "traducteur traductrice",
    "éducateur éducatrice",
    "employé employée employés employées",
    "préposé préposée",
    "diplômé diplômée",
    "technicien technicienne",
    "ingénieur ingénieure ingénieurs ingénieures",
    "professeur professeure",
    "avocat avocate",
    "adjoint adjointe",
    "soignant soignante soignants",
    "chef cheffe chefs",
    "actif active actives",
    "public publique publiques",
    "sérieux sérieuse sérieuses",
    "heureux heureuse",
    "sportif sportive",
    "designer designers",
    "emploi emplois",
    "commission commissions",
    "revenu revenus",
    "vidéo vidéos",
    "niveau niveaux",
    "régional régionale régionaux",
    "français française françaises",
]


def folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


def without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("œ", "oe"))
    return "".join(character for character in apart if not unicodedata.combining(character))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++, C# et .NET", ["c++", "c#", "et", ".net"]),
        ("Node.js / ASP.NET (R)", ["node.js", "asp", ".net", "r"]),
        ("C#/.NET C#.NET c++17", ["c#", ".net", "c#", ".net", "c++", "17"]),
        ("Python 3.11.", ["python", "3.11"]),
        ("Notepad++ F# A+", ["notepad++", "f#", "a+"]),
        ("R&D", ["r&d"]),
        ("L'Oréal", ["oreal"]),
        ("l’équipe d‘Œuvre qu´elle C`est jusqu'à", ["equipe", "oeuvre", "elle", "est", "jusqu", "a"]),
        ("lorsqu’il s'agit", ["il", "agit"]),
        ("aide-soignant(e)s", ["aide", "soignant", "e", "s"]),
        ("infirmier/infirmière", ["infirmier", "infirmiere"]),
        ("directeur·rice directeur(-rice) riz et rice", ["directeur", "directeur", "riz", "et", "rice"]),
        ("B.Sc. Ph.D. D.E.C. b.a", ["bsc", "phd", "dec", "ba"]),
        ("le travail.Nous offrons", ["le", "travail", "nous", "offrons"]),
        ("3\u00a0ans\u202fd'expérience", ["3", "ans", "experience"]),
        ("Ｃ＋＋　ｎｕｒｓｅ", ["c++", "nurse"]),
        ("dé\u00advelop\u200dpeur", ["developpeur"]),
        ("a\x00b\x1fc\u200bd_e", ["a", "b", "c", "d", "e"]),
        ("straße ﬁn Ångström Łódź İstanbul", ["strasse", "fin", "angstrom", "lodz", "istanbul"]),
        ("5+ ans, bac+5, 24/7", ["5", "ans", "bac", "5", "24", "7"]),
        ("don't driver's", ["don", "t", "driver", "s"]),
        ("", []),
        (" \n\t--- '' … ", []),
    ],
)
def test_a_text_is_cut_into_the_words_people_look_for(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un·e technicien·ne", ["technicien"]),
        ("candidat.e.s infirmier(ère) vendeur-euse", ["candidat", "infirmier", "vendeur"]),
        ("chef de projet", ["chef", "projet"]),
        ("director of the operations", ["director", "operations"]),
        ("H/F", []),
        ("C’est en R, c++ ou C", ["est", "r", "c++", "c"]),
    ],
)
def test_words_without_meaning_are_not_searched(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("word", ["car", "son", "est", "it", "us", "sans", "but", "c", "r", "rice", "aide", "mine", "c++", "ai"])
def test_a_word_that_names_something_in_either_language_is_searched(word: str) -> None:
    assert not is_stop(word)


def test_every_stop_word_is_one_word_as_the_analysis_folds_it() -> None:
    assert [word for word in STOP_WORDS if folded(word) != [word]] == []


@pytest.mark.parametrize("word", ACCENTED)
def test_a_french_word_is_found_with_and_without_its_accents(word: str) -> None:
    assert stems(without_accents(word), Language.FR) == stems(word, Language.FR)
    assert stems(unicodedata.normalize("NFD", word).upper(), Language.FR) == stems(word, Language.FR)


def test_the_list_of_accented_words_is_long_enough_to_mean_something() -> None:
    assert len(ACCENTED) >= 60
    assert sum(word != without_accents(word) for word in ACCENTED) >= 60


@pytest.mark.parametrize("family", FAMILIES)
def test_genders_and_numbers_of_a_french_word_are_one(family: str) -> None:
    assert len({tuple(stems(form, Language.FR)) for form in family.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["ingénieur ingénieux", "divers diversité", "commis comité", "infirmier infirme", "comptable compteur", "mine mineur"]
)
def test_different_words_keep_different_stems(pair: str) -> None:
    first, second = pair.split()
    assert stems(first, Language.FR) != stems(second, Language.FR)


def test_english_words_are_stemmed_as_english_in_an_english_text() -> None:
    assert stems("nurses nursing nursed", Language.EN) == ["nurs"] * 3
    assert stems("welders welder", Language.EN) == ["welder"] * 2


@pytest.mark.parametrize("word", ["c++", "c#", ".net", "node.js", "3d", "r&d", "h2o"])
def test_what_holds_more_than_letters_is_its_own_stem(word: str) -> None:
    assert [stem(word, language) for language in Language] == [word, word]


def test_a_word_longer_than_an_engine_takes_is_cut_the_same_way_everywhere() -> None:
    word = "x" * 70_000
    assert tokens(f" {word}.") == [Token("x" * LONGEST_WORD, 1, 70_001)]
    assert stems(word, Language.FR) == words(word[:LONGEST_WORD])


@given(job_texts)
@example("½ x\u00ady cafe\u0301, L’Œuvre")
@example("㏂ﷺ\ud800a")
def test_a_token_stands_where_it_says(text: str) -> None:
    previous = Token("", 0, 0)
    for token in tokens(text):
        assert previous.start <= token.start < token.end <= len(text)
        assert previous.end <= token.start or (token.start == previous.end - 1)
        assert token.folded in folded(text[token.start : token.end])
        previous = token


@given(job_texts)
def test_a_token_is_one_plain_lower_case_word(text: str) -> None:
    for word in folded(text):
        assert 0 < len(word) <= LONGEST_WORD
        assert word.split() == [word]
        assert word == word.lower()
        assert folded(word) == [word]


@given(job_texts)
def test_words_and_stems_are_the_tokens_that_are_searched(text: str) -> None:
    searched = [word for word in folded(text) if not is_stop(word)]
    assert words(text) == searched
    for language in Language:
        assert stems(text, language) == [stem(word, language) for word in searched]


@given(job_texts, st.sets(st.integers(0, 20)))
def test_tokens_are_found_again_by_their_number_among_the_words(text: str, numbers: set[int]) -> None:
    searched = [token for token in tokens(text) if not is_stop(token.folded)]
    known = {number for number in numbers if number < len(searched)}
    assert tokens_at(text, numbers) == [searched[number] for number in sorted(known)]


@given(job_texts, job_texts)
def test_blanks_part_texts_completely(before: str, after: str) -> None:
    assert folded(f"{before}\n{after}") == folded(before) + folded(after)


@given(job_texts)
def test_the_ways_unicode_spells_a_text_make_no_difference(text: str) -> None:
    expected = folded(unicodedata.normalize("NFC", text))
    assert folded(unicodedata.normalize("NFD", text)) == expected


@pytest.mark.parametrize("piece", ["a", "é", "½", "a.", "c+", "1.", "l'", "x&", ".net", "(e)", "\u0301", "teur·rice", "𝒜", "中"])
def test_a_text_without_blanks_takes_no_longer_than_another(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = process_time()
    stems(text, Language.FR)
    tokens(text)
    assert process_time() - began < 20


def test_threads_share_the_analysis() -> None:
    jobs = [f"{word}{ending}" for word in ACCENTED for ending in ("", "s", "ment", "ation", "euses", "x")]
    expected = [stems(job, Language.FR) for job in jobs]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: [stems(job, Language.FR) for job in jobs], range(24)))
    assert answers == [expected] * 24
