"""More than a year of many people beside the oracle: each file on each day, each search, each mail. What was covered is printed
(`pytest -s`), and must not shrink. Three years of five hundred people take minutes: `make simulate`."""

from pathlib import Path

from tests.simulation.coverage import LEAST_OF_A_TEST, told, wanting
from tests.simulation.years import Plan, simulate


async def test_more_than_a_year_of_many_people_comes_to_what_the_rules_say(sqlite_url: str, tmp_path: Path) -> None:
    counts = await simulate(sqlite_url, tmp_path, Plan(seed=1, people=70, days=400))
    print(told(counts))
    assert wanting(counts, LEAST_OF_A_TEST) == {}


async def test_a_seed_gives_the_same_years_again(sqlite_template: Path, tmp_path: Path) -> None:
    plan = Plan(seed=2, people=12, days=200)
    once, again = [await simulate(copy_in(tmp_path / name, sqlite_template), tmp_path / name, plan) for name in ("one", "two")]
    assert once == again


def copy_in(folder: Path, template: Path) -> str:
    """The URL of a copy in a folder that is made for it."""
    folder.mkdir()
    (folder / "placement.db").write_bytes(template.read_bytes())
    return f"sqlite+aiosqlite:///{folder}/placement.db"
