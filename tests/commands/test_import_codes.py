"""Tables of occupations, job titles and skills go in whole, once however often, and are known at once; bad lines are told."""

import gzip
from pathlib import Path

import pytest

from commands.import_table import LONGEST_NAME
from models import occupation, skill
from models.code_entry import CodeEntry
from models.language import Language
from tests.commands.imported import count, sums
from tests.commands.operator import OFFER, Operator

OCCUPATIONS = """code,title_en,title_fr,teer
13199,Underwater clerks,Commis sous-marins/commises sous-marines,3
31301,Nurses,Infirmiers/infirmières,1
"""
TITLES = "code,job_title\n13199,Plongeur-archiviste/plongeuse-archiviste\n31301,Infirmier de bord\n"
SKILLS = """esco_id,label_en,alt_labels_en,label_fr,alt_labels_fr,hierarchy_codes
0005c151,manage musical staff,manage musicians|direct musical staff,gérer le personnel musical,diriger des musiciens,S4|T4
00064735,play the kazoo,,,,S1
"""
SHARED = Path(__file__).parents[3] / "shared" / "data"


async def imports(operator: Operator, kind: str, content: str | bytes, *options: str) -> list[int]:
    """New, changed, unchanged, bad."""
    return sums(await operator.run("import", kind, str(operator.keeps(content)), *options))


async def test_occupations_go_in_and_their_labels_lie_over_the_shipped_ones(operator: Operator) -> None:
    ran = await operator.run("import", "occupations", str(operator.keeps(OCCUPATIONS)))
    assert (ran.code, sums(ran), ran.err) == (0, [1, 1, 0, 0], "")
    assert "whose labels have changed: 1. Run `placement reindex`" in ran.out
    async with operator.parts():
        assert occupation.is_known("13199")
        assert occupation.label("13199", Language.FR) == "Commis sous-marins/commises sous-marines"
        assert occupation.label("31301", Language.EN) == "Nurses"
        assert occupation.suggest("commise", 1, {}) == occupation.suggest("underwater cl", 1, {}) == ["13199"]
        assert occupation.is_known_prefix("1319")


async def test_titles_lead_to_their_codes_and_are_added_to_those_there_are(operator: Operator) -> None:
    await imports(operator, "occupations", OCCUPATIONS)
    ran = await operator.run("import", "occupations", str(operator.keeps(TITLES)), "--language", "fr")
    assert (ran.code, sums(ran)) == (0, [0, 2, 0, 0])
    assert "reindex" not in ran.out
    async with operator.parts():
        assert occupation.suggest("plongeuse-archi", 1, {}) == ["13199"]
        assert occupation.suggest("infirmier de bord", 1, {}) == occupation.suggest("infirmière clinicienne", 1, {}) == ["31301"]


async def test_skills_go_in_with_their_other_names_and_in_one_language_where_there_is_one(operator: Operator) -> None:
    assert await imports(operator, "skills", SKILLS) == [2, 0, 0, 0]
    async with operator.parts():
        assert skill.suggest("direct musical", 1, {}) == skill.suggest("diriger des mus", 1, {}) == ["0005c151"]
        assert skill.label("00064735", Language.FR) == "play the kazoo"


@pytest.mark.parametrize(("kind", "content"), [("occupations", OCCUPATIONS), ("skills", SKILLS), ("skills", "code,fr\nx,Un,\n")])
async def test_the_same_table_again_writes_nothing(sqlite_operator: Operator, kind: str, content: str) -> None:
    first = await imports(sqlite_operator, kind, content)
    async with sqlite_operator.parts() as resources:
        rows = await count(resources, CodeEntry)
        again = await sqlite_operator.run("import", kind, str(sqlite_operator.keeps(content)))
        assert sums(again) == [0, 0, first[0] + first[1], first[3]]
        assert "within" not in again.out
        assert await count(resources, CodeEntry) == rows


async def test_titles_twice_and_in_two_files_are_kept_once_each(sqlite_operator: Operator) -> None:
    await imports(sqlite_operator, "occupations", OCCUPATIONS)
    assert await imports(sqlite_operator, "occupations", TITLES + TITLES.split("\n", 1)[1], "--language", "fr") == [0, 2, 2, 0]
    assert await imports(sqlite_operator, "occupations", "code,job_title\n13199,Diver-clerk\n", "--language", "en") == [
        0,
        1,
        0,
        0,
    ]
    assert await imports(sqlite_operator, "occupations", OCCUPATIONS) == [0, 0, 2, 0]
    async with sqlite_operator.parts():
        titles = occupation.occupations()["13199"].titles
        assert (titles.fr, titles.en) == (("Plongeur-archiviste/plongeuse-archiviste",), ("Diver-clerk",))


async def test_a_packed_table_is_unpacked_and_its_name_tells_the_language(sqlite_operator: Operator) -> None:
    packed = sqlite_operator.folder / "titles_fr.csv.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + b"code;job_title\r\n31301;Infirmier de bord\r\n"))
    assert sums(await sqlite_operator.run("import", "occupations", str(packed))) == [0, 1, 0, 0]
    async with sqlite_operator.parts():
        assert occupation.occupations()["31301"].titles.fr[-1] == "Infirmier de bord"


async def test_bad_lines_are_told_by_number_and_reason_and_all_the_others_go_in(sqlite_operator: Operator) -> None:
    lines = [
        b"code,label_fr,label_en",
        b"13199,Commis sous-marins,Underwater clerks",
        b"13198,Trop,de,colonnes",
        b'13197,"Sans fin,x',
        b"13196,Caf\xe9,Coffee",
        b"",
        b",Sans code,No code",
        b"13195,,",
        b"13194," + b"x" * (LONGEST_NAME + 1) + b",Long",
        b"13193,Bon,Good",
    ]
    ran = await sqlite_operator.run("import", "occupations", str(sqlite_operator.keeps(b"\n".join(lines))))
    assert (ran.code, sums(ran)) == (1, [2, 0, 0, 6])
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == [f"line {number}" for number in (3, 4, 5, 7, 8, 9)]
    assert "line 3: This line has 4 columns where the first one has 3" in ran.err
    assert "line 4: This line is not CSV" in ran.err
    assert "line 5: This line is not UTF-8" in ran.err
    assert "bad lines: 3, 4, 5, 7, 8, 9" in ran.out
    async with sqlite_operator.parts():
        assert occupation.is_known("13199")
        assert occupation.is_known("13193")
        assert not occupation.is_known("13194")


async def test_a_title_of_a_code_that_nobody_knows_is_a_bad_line(sqlite_operator: Operator) -> None:
    ran = await sqlite_operator.run("import", "occupations", str(sqlite_operator.keeps(TITLES)), "--language", "fr")
    assert (ran.code, sums(ran)) == (1, [0, 1, 0, 1])
    assert "line 2: code: The code “13199” is not known" in ran.err


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "code,teer\n31301,1\n", b"\xff\xfe\n", '"code\n'])
async def test_what_is_no_table_of_codes_is_refused_whole(sqlite_operator: Operator, content: str | bytes) -> None:
    ran = await sqlite_operator.run("import", "skills", str(sqlite_operator.keeps(content)))
    assert (ran.code, ran.out) == (1, "")
    assert "the first line names no columns" in ran.err


async def test_titles_in_a_language_that_is_not_told_are_refused_whole(sqlite_operator: Operator) -> None:
    ran = await sqlite_operator.run("import", "occupations", str(sqlite_operator.keeps(TITLES)))
    assert (ran.code, ran.out) == (1, "")
    assert "--language" in ran.err


async def test_a_packed_table_that_breaks_off_is_refused_whole(sqlite_operator: Operator) -> None:
    whole = gzip.compress(OCCUPATIONS.encode() * 50)
    ran = await sqlite_operator.run("import", "occupations", str(sqlite_operator.keeps(whole[: len(whole) // 2])))
    assert (ran.code, ran.out) == (1, "")
    assert "damaged" in ran.err
    async with sqlite_operator.parts() as resources:
        assert await count(resources, CodeEntry) == 0


async def test_an_offer_may_name_an_imported_code_and_is_found_by_its_label_in_both_languages(operator: Operator) -> None:
    await operator.seeds()
    assert sums(await operator.imports("job-offers", [{**OFFER, "occupation": "13199"}])) == [0, 0, 0, 1]
    await imports(operator, "occupations", OCCUPATIONS.rpartition("31301")[0])
    assert sums(await operator.imports("job-offers", [{**OFFER, "occupation": "13199"}])) == [1, 0, 0, 0]
    assert (await operator.run("verify")).code == 0


async def test_other_labels_are_in_the_index_once_it_was_built_anew(operator: Operator) -> None:
    await operator.seeds()
    await operator.imports("job-offers", [OFFER])
    await imports(operator, "occupations", OCCUPATIONS)
    assert (await operator.run("verify")).code == 1
    assert (await operator.run("reindex")).code == 0
    assert (await operator.run("verify")).code == 0


@pytest.mark.skipif(not SHARED.exists(), reason="the public tables are not beside this clone")
@pytest.mark.parametrize(
    ("kind", "files", "rows"),
    [
        ("occupations", ["noc2021_unit_groups.csv", "noc2021_job_titles_en.csv.gz", "noc2021_job_titles_fr.csv.gz"], 516),
        ("occupations", ["noc2021_groups.csv", "esco_occupations.csv.gz"], 306 + 3008),
        ("skills", ["esco_skills.csv.gz"], 13_412),
    ],
)
async def test_public_tables_are_read_as_they_are(sqlite_operator: Operator, kind: str, files: list[str], rows: int) -> None:
    for file in files:
        ran = await sqlite_operator.run("import", kind, str(SHARED / file))
        assert (ran.code, sums(ran)[3]) == (0, 0), ran.err
    async with sqlite_operator.parts() as resources:
        assert await count(resources, CodeEntry) == rows
