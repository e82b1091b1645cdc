"""How alike two offers are: by what they say, by occupation and region, in whichever language."""

import pytest

from models.job_offer import JobOffer
from models.language import LocalizedText
from models.likeness import HELD, NEARLY_THE_SAME, Gist, gist, likeness, nearly_the_same

FRENCH = (
    "Vous assemblez des structures d’acier à l’atelier, lisez des plans, préparez les joints et contrôlez vos soudures. "
    "Horaire de jour, assurance collective, formation continue et équipe expérimentée au bord du fjord. "
    "Carte de compétence exigée, trois ans de pratique souhaités."
)
ENGLISH = "You assemble steel structures in the workshop, read drawings, prepare joints and inspect your welds. Day shift."
OTHER = (
    "Vous soignez des patients à domicile, planifiez les visites et tenez les dossiers. Véhicule nécessaire, "
    "prime de soir, quatre semaines de congé, accueil des nouveaux arrivants et accompagnement."
)
WELDER, NURSE = "72106", "31301"


def of(text: str, occupation: str = WELDER, region: str = "02", title: str = "Soudeuse", english: str | None = None) -> Gist:
    return gist(LocalizedText(title, None), LocalizedText(text, english), occupation, region)


def numbered(first: int, last: int) -> str:
    """As many different words."""
    return " ".join(f"mot{number}x" for number in range(first, last))


def test_an_offer_is_wholly_like_itself_and_hardly_like_another() -> None:
    assert likeness(of(FRENCH), of(FRENCH)) == pytest.approx(1)
    assert likeness(of(FRENCH), of(OTHER, NURSE, "06", "Infirmière")) < 0.2


def test_another_title_and_a_word_or_two_make_no_other_offer() -> None:
    again = FRENCH.replace("de jour", "de soir").replace("trois", "deux")
    assert nearly_the_same(of(FRENCH), of(again, title="Soudeur"))
    assert not nearly_the_same(of(FRENCH), of(f"{FRENCH.split('Horaire')[0]} {OTHER}"))


def test_case_accents_and_order_do_not_tell_offers_apart() -> None:
    backwards = " ".join(reversed(FRENCH.upper().replace("É", "E").replace(",", "").replace(".", "").split()))
    assert nearly_the_same(of(FRENCH), of(backwards))


@pytest.mark.parametrize(
    ("shared", "occupation", "region", "near"),
    [
        (84, WELDER, "02", True),
        (82, WELDER, "02", False),
        (89, WELDER, "06", True),
        (88, NURSE, "02", False),
        (95, NURSE, "06", True),
        (94, NURSE, "06", False),
    ],
)
def test_occupation_and_region_weigh_in(shared: int, occupation: str, region: str, near: bool) -> None:
    """Of a hundred words, so many are in both."""
    ours, theirs = numbered(0, 100), numbered(0, shared)
    one = gist(LocalizedText(), LocalizedText(ours), WELDER, "02")
    assert nearly_the_same(one, gist(LocalizedText(), LocalizedText(theirs), occupation, region)) is near


def test_a_translation_that_is_missing_hides_no_likeness() -> None:
    assert nearly_the_same(of(FRENCH, english=ENGLISH), of(FRENCH))
    assert nearly_the_same(of(FRENCH, english=ENGLISH), of("", english=ENGLISH))


def test_texts_of_a_few_words_are_like_those_of_the_very_same_words_alone() -> None:
    assert nearly_the_same(of("Travail de nuit."), of("Travail, de nuit"))
    assert likeness(of("Travail de nuit."), of("Travail.")) == likeness(of("Travail de nuit."), of("")) == 0
    assert likeness(of(FRENCH), of("", english=ENGLISH)) == 0


def test_long_texts_are_compared_by_a_part_of_them_and_nearly_right() -> None:
    ours, theirs = numbered(0, 900), numbered(90, 990)
    sketches = [gist(LocalizedText(), LocalizedText(each), WELDER, "02") for each in (ours, theirs)]
    assert [len((each.sketches.fr or "").split()) for each in sketches] == [HELD] * 2
    assert likeness(*sketches) == pytest.approx(0.9 * 810 / 990 + 0.1, abs=0.1)
    assert likeness(*sketches) == likeness(*reversed(sketches))


def test_an_offer_keeps_sketches_of_what_it_says() -> None:
    row = JobOffer(title_fr="Soudeuse", description_fr=FRENCH, description_en=None, occupation=WELDER, region="02")
    row.keep_sketches()
    assert (row.sketch_fr, row.sketch_en) == (row.gist.sketches.fr, None)
    assert likeness(row.gist, Gist(LocalizedText(row.sketch_fr, row.sketch_en), WELDER, "02")) >= NEARLY_THE_SAME
