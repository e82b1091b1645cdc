"""Every table and column is known to be about a person or not, is in the export or not, and is in the document."""

import re

from models import every
from models.base import Base
from models.personal_data import HELD, NOT_ABOUT_CANDIDATES, exported_name
from tests.source_tree import PROJECT

assert every
DOCUMENT = PROJECT / "docs" / "personal-data.md"
ROW = re.compile(
    r"^\| `(?P<table>[a-z_]+)` \| `(?P<column>[a-z_]+)` \| (?:`(?P<key>[A-Za-z.]+)`|not shown: (?P<reason>.+)) \|$", re.M
)


def test_every_table_is_classified_once() -> None:
    about = [held.row.__tablename__ for held in HELD]
    assert sorted([*about, *NOT_ABOUT_CANDIDATES]) == sorted(Base.metadata.tables)


def test_every_column_is_shown_or_has_a_reason_why_not() -> None:
    for held in HELD:
        columns = set(Base.metadata.tables[held.row.__tablename__].columns.keys())
        assert set(held.columns) | held.left.keys() == columns, held.row.__tablename__
        assert not set(held.columns) & held.left.keys(), held.row.__tablename__


def test_what_is_beside_a_row_does_not_hide_a_column() -> None:
    for held in HELD:
        names = [exported_name(column) for column in held.columns]
        assert len({*names, *held.beside}) == len(names) + len(held.beside)


def test_the_document_says_the_same_of_every_column() -> None:
    said = {(row["table"], row["column"]): row["key"] or row["reason"] for row in ROW.finditer(DOCUMENT.read_text("utf-8"))}
    shown = {(held.row.__tablename__, column): f"{held.key}.{exported_name(column)}" for held in HELD for column in held.columns}
    left = {(held.row.__tablename__, column): reason for held in HELD for column, reason in held.left.items()}
    assert said == shown | left


def test_the_document_names_the_tables_that_are_about_nobody() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert [name for name, what in NOT_ABOUT_CANDIDATES.items() if f"| `{name}` | {what} |" not in text] == []
