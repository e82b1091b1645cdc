"""The lists of occupations and skills: what ships, what is imported over it, and how a process keeps in step."""

import asyncio

import pytest

from models import occupation, skill
from models.catalogue import ListName, put_back_afterwards, put_in_use
from models.code_entry import CodeEntry, CodeListVersion, kept_in_step
from models.code_list import Entry, Titles, labels_by_code
from models.database import Database, open_database
from models.language import Language, LocalizedText

PASTRY = Entry("63202", LocalizedText(fr="Boulangers et pâtissiers"), Titles(fr=("Mitron",)))
ASTRONAUT = Entry("99999", LocalizedText(fr="Astronautes", en="Astronauts"), Titles(en=("Cosmonaut",)))
FOREIGN = Entry("a1b2-c3", LocalizedText(fr="Sourcier", en="Dowser"))
GROUP = Entry("999", LocalizedText(fr="Gens de l’espace", en="Space people"))


def test_every_shipped_occupation_has_job_titles_in_both_languages() -> None:
    unit_groups = [each for code, each in occupation.occupations().items() if len(code) == 5]
    assert [each.code for each in unit_groups if not (each.titles.fr and each.titles.en)] == []


def test_every_title_that_ships_belongs_to_a_code_that_ships() -> None:
    for name in ("occupation", "skill"):
        assert labels_by_code(f"{name}_titles").keys() <= labels_by_code(f"{name}s").keys()


def test_a_shipped_title_leads_to_its_code_in_both_languages() -> None:
    titles = {"aide-soignante": "33102", "Licensed practical nurse": "32101", "tourneur": "72100", "nurse": "31301"}
    assert {typed: occupation.suggest(typed, 1, {}) for typed in titles} == {typed: [code] for typed, code in titles.items()}
    assert skill.suggest("photoshop", 1, {}) == ["adobe-creative-suite"]


def test_what_is_imported_lies_over_what_ships_and_takes_nothing_away() -> None:
    with put_back_afterwards():
        put_in_use({ListName.OCCUPATION: [PASTRY, ASTRONAUT]})
        assert occupation.label("63202", Language.FR) == "Boulangers et pâtissiers"
        assert occupation.label("63202", Language.EN) == "Bakers and pastry makers"
        assert occupation.suggest("mitron", 5, {}) == occupation.suggest("chocolatière", 5, {}) == ["63202"]
        assert occupation.is_known("99999")
        assert occupation.is_known("31301")
        assert occupation.suggest("cosmo", 5, {}) == ["99999"]
    assert not occupation.is_known("99999")
    assert occupation.label("63202", Language.FR) == "Boulangères-pâtissières et boulangers-pâtissiers"


def test_groups_of_occupations_have_labels_and_are_not_suggested() -> None:
    with put_back_afterwards():
        put_in_use({ListName.OCCUPATION: [ASTRONAUT, GROUP]})
        assert occupation.label("999", Language.EN) == "Space people"
        assert occupation.is_known_prefix("999")
        assert not occupation.is_known("999")
        assert occupation.suggest("space", 5, {}) == []


def test_codes_of_another_classification_belong_to_no_group() -> None:
    with put_back_afterwards():
        put_in_use({ListName.OCCUPATION: [FOREIGN]})
        assert occupation.is_known("a1b2-c3")
        assert occupation.is_known_prefix("a1b2-c3")
        assert not occupation.is_known_prefix("a")
        assert occupation.prefixes(["a1b2-c3", "31301"]) == {"a1b2-c3", "3", "31", "313", "3130", "31301"}
        assert occupation.broad_categories(["a1b2-c3", "31301"]) == {"3"}


async def keep(database: Database, entry: Entry, version: int) -> None:
    async with database.begin() as session:
        row = CodeEntry(list_name=ListName.OCCUPATION, code=entry.code, fr=entry.labels.fr, en=entry.labels.en)
        row.titles_fr, row.titles_en = list(entry.titles.fr), list(entry.titles.en)
        session.add(row)
        await session.merge(CodeListVersion(list_name=ListName.OCCUPATION, version=version))


async def until_known(code: str) -> None:
    for _ in range(2_000):
        if occupation.is_known(code):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to be known")


async def test_a_process_knows_what_was_imported_before_and_what_is_imported_meanwhile(database: Database) -> None:
    await keep(database, ASTRONAUT, version=1)
    async with kept_in_step(database, pause=0.01):
        assert occupation.is_known("99999")
        assert not occupation.is_known("a1b2-c3")
        await keep(database, FOREIGN, version=2)
        await until_known("a1b2-c3")
    assert not occupation.is_known("99999")


async def test_a_database_that_cannot_be_read_leaves_the_lists_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    nothing = open_database(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('empty')}/nothing.db")
    async with kept_in_step(nothing):
        assert occupation.is_known("31301")
    assert "cannot be read" in caplog.text
    await nothing.close()
