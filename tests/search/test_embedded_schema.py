"""Two traps of the embedded engine: an index keeps the fields that it was made with, and stores whatever it is told to."""

from pathlib import Path

import pytest
from tantivy import Query

from models.document import KEYWORDS, NUMBERS, TEXTS, Kind
from search.embedded import EmbeddedEngine
from search.embedded_folder import Folder
from search.embedded_schema import layout, open_index
from tests.search.documents import made_empty, made_up, removal

CHANGES: dict[str, tuple[str, object]] = {
    "a text field more": ("search.layout.TEXTS", (*TEXTS, "more")),
    "a keyword field more": ("search.layout.KEYWORDS", {kind: (*names, "more") for kind, names in KEYWORDS.items()}),
    "a keyword field less": ("search.layout.KEYWORDS", {kind: names[1:] for kind, names in KEYWORDS.items()}),
    "a number field more": ("search.layout.NUMBERS", {kind: (*names, "more") for kind, names in NUMBERS.items()}),
    "another analysis": ("search.layout.ANALYSIS_VERSION", -1),
    "another layout": ("search.embedded_schema.LAYOUT", -1),
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("name", "value"), CHANGES.values(), ids=CHANGES)
def test_whatever_changes_an_index_changes_the_name_of_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: Kind, name: str, value: object
) -> None:
    before, folder = layout(kind), Folder.of(tmp_path, kind).path
    monkeypatch.setattr(name, value)
    assert layout(kind) != before
    assert Folder.of(tmp_path, kind).path != folder


def test_no_two_kinds_share_a_layout() -> None:
    assert len({layout(kind) for kind in Kind}) == len(Kind)


async def test_an_index_of_another_layout_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = await EmbeddedEngine.open(tmp_path)
    await made_empty(engine)
    await engine.close()
    monkeypatch.setattr("search.layout.ANALYSIS_VERSION", -1)
    later = await EmbeddedEngine.open(tmp_path)
    assert await later.needs_rebuild(Kind.JOB_OFFER)
    await later.close()


@pytest.mark.parametrize("kind", Kind)
async def test_an_index_stores_nothing_of_a_document(tmp_path: Path, kind: Kind) -> None:
    """Neither text nor numbers: what is shown comes from the database."""
    documents = made_up(kind, seed=1, count=20)
    assert any(each.texts for each in documents)
    engine = await EmbeddedEngine.open(tmp_path)
    await made_empty(engine)
    await engine.write([*documents, removal(20, 1, kind)])
    await engine.close()
    folder = Folder.of(tmp_path, kind)
    searcher = open_index(kind, str(folder.path / (folder.current or ""))).searcher()
    hits = searcher.search(Query.all_query(), 100).hits
    assert len(hits) == 21
    assert [searcher.doc(address).to_dict() for _, address in hits] == [{}] * 21
