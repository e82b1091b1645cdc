"""Typing help finds what begins so in either language, in any spelling and gender, best answers first."""

import pytest

from models.code_list import Entry, Titles
from models.language import LocalizedText
from models.suggestion import Suggester


def entry(code: str, fr: str | None = None, en: str | None = None, *, titles: str = "", english_titles: str = "") -> Entry:
    given = [tuple(filter(None, each.split("|"))) for each in (titles, english_titles)]
    return Entry(code, LocalizedText(fr, en), Titles(*given))


SUGGESTER = Suggester(
    [
        entry("31301", "Infirmiers autorisés", "Registered nurses", titles="Infirmière clinicienne|Infirmier/infirmière"),
        entry("33102", "Préposées aux bénéficiaires", "Nurse aides", titles="Aide-soignant(e)|Brancardier"),
        entry("44101", "Aides à domicile", "Home support workers", titles="Infirmière à domicile"),
        entry("62200", "Chefs", "Chefs", titles="Chef de cuisine|Sous-chef", english_titles="Kitchen chef"),
        entry("63200", "Cuisinières et cuisiniers", "Cooks", titles="Cuisinier d’établissement"),
        entry("64311", "Personnel de bord", "Flight attendants", titles="Agent de bord|Hôtesse de l’air"),
        entry("64409", "Agents du service à la clientèle", "Customer service agents"),
        entry("64410", "Agents de sécurité", "Security guards"),
    ]
)


def suggested(typed: str, first: int = 10, **popular: int) -> list[str]:
    return SUGGESTER.suggest(typed, first, {code.removeprefix("c"): count for code, count in popular.items()})


@pytest.mark.parametrize(
    "typed", ["infirm", "INFIRM", "  infirmi", "infirmière c", "infirmiere clin", "Infirmier clinicien", "regis"]
)
def test_the_beginning_of_a_label_or_title_leads_to_its_code(typed: str) -> None:
    assert suggested(typed)[0] == "31301"


@pytest.mark.parametrize("typed", ["Infirmier", "infirmière", "infirmiere", "Infirmier/infirmière", "infirmier ou infirmière"])
def test_either_gender_finds_a_title_that_is_written_in_both(typed: str) -> None:
    assert suggested(typed)[0] == "31301"


@pytest.mark.parametrize(
    "typed", ["aide-soignant", "aide soignante", "AIDE-SOIGNANTE", "aide-soignant(e)", "aides-soignantes", "soign"]
)
def test_inclusive_spellings_are_found_in_every_gender_and_number(typed: str) -> None:
    assert suggested(typed)[0] == "33102"


@pytest.mark.parametrize("typed", ["d’établi", "d'etablissement", "l’établissement", "cuisinier d'étab"])
def test_elisions_do_not_hide_the_word_behind_them(typed: str) -> None:
    assert suggested(typed) == ["63200"]


@pytest.mark.parametrize(
    ("typed", "codes"), [("service", ["64409"]), ("clien", ["64409"]), ("guard", ["64410"]), ("chef", ["62200"])]
)
def test_any_word_of_a_label_may_begin_so_in_either_language(typed: str, codes: list[str]) -> None:
    assert suggested(typed) == codes


def test_every_word_typed_must_be_there_the_last_one_as_a_beginning() -> None:
    assert suggested("agent séc") == ["64410"]
    assert suggested("sécurité ag") == ["64410"]
    assert suggested("ag sécurité") == ["64410"]  # no label has both: the one that shares the most
    assert suggested("agent b") == ["64311"]


def test_words_that_are_too_common_are_looked_for_only_while_they_are_typed() -> None:
    assert suggested("chef de") == suggested("chef de ") == suggested("chef de la cui") == ["62200"]
    assert set(suggested("de")) >= {"62200", "64410", "64311"}
    assert suggested("infirmière") == ["31301", "44101"]
    assert suggested("infirmière à") == suggested("infirmière à ") == ["44101", "31301"]  # one title begins so


def test_what_equals_comes_first_then_labels_before_titles_and_beginnings_before_other_places() -> None:
    entries = [
        entry("5", "Aide-cuisinier"),
        entry("4", "Autre", titles="Cuisinier de bord"),
        entry("3", "Cuisinier de camp"),
        entry("2", "Quelque chose", titles="Cuisinier"),
        entry("1", "Cuisinier"),
    ]
    assert Suggester(entries).suggest("cuisinier", 10, {}) == ["1", "2", "3", "4", "5"]


def test_of_equal_answers_the_popular_one_comes_first_then_the_shorter_then_the_lower_code() -> None:
    assert suggested("agent", c64311=3) == ["64410", "64409", "64311"]  # a label before a title, however popular
    assert suggested("agent", c64409=1) == ["64409", "64410", "64311"]
    assert suggested("agents", 1) == ["64410"]


def test_no_more_come_than_were_asked_for() -> None:
    assert suggested("a", first=2) == suggested("a")[:2]
    assert len(suggested("a", first=2)) == 2


def test_where_no_label_has_all_the_words_those_follow_that_share_the_rarest() -> None:
    assert suggested("Agent de sécurité (h/f/x)")[0] == "64410"
    assert suggested("Chef exécutif à domicile")[0] in ("44101", "62200")
    assert set(suggested("nurse astronaut")) == {"31301", "33102"}


@pytest.mark.parametrize("typed", ["", "   ", "…", "/", "xylophone", "\u200b", "é" * 200, "(((", "'"])
def test_what_says_nothing_suggests_nothing(typed: str) -> None:
    assert suggested(typed) == []


def test_an_empty_list_suggests_nothing() -> None:
    assert Suggester([]).suggest("infirmier", 10, {}) == []
