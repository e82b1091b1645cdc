"""What gives a person away in a text is found, and what looks like it is left alone; whatever the text is, in no time."""

import time
from random import Random

import pytest

from commands.synthetic import candidacies
from models.anonymity import AT_MOST, Own, traces
from models.own_names import OwnNames
from tests.models.anonymity_cases import GIVES_AWAY, GIVES_NOTHING_AWAY, ORDINARY
from tests.search.hostile_texts import EXTREMES, MAKERS

AMINA = OwnNames("Amina", "Benali")


def found(text: str, names: OwnNames = AMINA) -> list[tuple[str, str]]:
    return seen(text, Own(names))


def seen(text: str, own: Own) -> list[tuple[str, str]]:
    return [(each.code, text[each.start : each.end]) for each in traces(text, own)]


@pytest.mark.parametrize(("text", "code", "piece"), GIVES_AWAY)
def test_what_gives_a_person_away_is_found_in_its_place(text: str, code: str, piece: str) -> None:
    assert (code, piece) in found(text)
    assert found(text)[-1] == (code, piece)
    around = f"Dix ans d’expérience.\n{text}\nEt deux de plus."
    assert (code, piece) in found(around)


@pytest.mark.parametrize("text", GIVES_NOTHING_AWAY)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("given", "family", "trade", "text", "pieces"), ORDINARY)
def test_a_name_that_is_a_word_is_a_name_only_beside_the_other(
    given: str, family: str, trade: list[str], text: str, pieces: list[str]
) -> None:
    assert found(text, OwnNames(given, family, trade)) == [("HAS_NAME", each) for each in pieces]


def test_several_things_are_all_told_of_in_their_order() -> None:
    text = "Amina Benali, amina.benali@example.org, https://example.org/amina, 514 555-0199"
    assert [code for code, _ in found(text)] == ["HAS_NAME", "HAS_EMAIL", "HAS_LINK", "HAS_TELEPHONE"]
    assert len(found("a@b.org " * 100)) == AT_MOST


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("CSQ OK12345678", "OK12345678"),
        ("Mon numéro : ok 1234-5678.", "ok 1234-5678"),
        ("OK12‑34 56 78", "OK12‑34 56 78"),
        ("ref. R98765 au dossier", "R98765"),
        ("BOK12345678", None),
        ("OK123456789", None),
        ("OK1234567", None),
    ],
)
def test_the_numbers_of_the_certificate_are_found_however_they_are_typed(text: str, piece: str | None) -> None:
    told = seen(text, Own(AMINA, ("OK12345678", "R98765")))
    assert told == ([("HAS_CERTIFICATE_NUMBER", piece)] if piece else [])


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Dix ans en soins. 0522-00-00-01", "0522-00-00-01"),
        ("0522 000001", "0522 000001"),
        ("(0)5 22 00 00 01 le soir", "(0)5 22 00 00 01"),
        ("Mon numéro : 0522.00.00.01.", "0522.00.00.01"),
        ("522_000_001", "522_000_001"),
        ("+212*522*000*001", "+212*522*000*001"),
        ("0522 000002", None),
        ("22000001234", None),
    ],
)
def test_one_s_own_telephone_number_is_found_in_whatever_groups(text: str, piece: str | None) -> None:
    told = seen(text, Own(AMINA, telephone="+212 5 22 00 00 01"))
    assert told == ([("HAS_TELEPHONE", piece)] if piece else [])


def test_the_demonstration_gives_nobody_away() -> None:
    for each in candidacies(1_000, random_seed=0):
        names = OwnNames(each.person.given_name, each.person.family_name)
        for text in (each.title, each.summary, each.experience):
            assert [found(written, names) for written in (text.fr, text.en) if written and found(written, names)] == []


LONGEST = 10_000
HOSTILE = ["a", "1 ", "a.", "@", "a@", "a@b.", "+1", "(1", "0", "at ", "dot com ", "www.", "h://", "a-", "..", "( at ", "tel "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    started = time.process_time()
    found(text)
    assert time.process_time() - started < 1.0


def test_no_text_is_too_odd() -> None:
    draw = Random(7)
    for text in (*EXTREMES, *(make(draw) for make in MAKERS for _ in range(100))):
        assert all(0 <= each.start < each.end <= len(text) for each in traces(text, Own(AMINA, telephone="+212 5 22 00 00 01")))
