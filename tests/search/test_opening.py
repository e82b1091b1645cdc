"""URLs of search engines."""

from pathlib import Path

import pytest

from search.engine import Unusable
from search.opening import open_engine


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "PLACEMENT_SEARCH_URL"),
        ("embedded:", "PLACEMENT_SEARCH_URL"),
        ("sqlite:x", "PLACEMENT_SEARCH_URL"),
        ("http://", "PLACEMENT_SEARCH_URL"),
        ("ftp://host:9200", "PLACEMENT_SEARCH_URL"),
        ("http://host:9200/Capital", "index prefix"),
        ("http://host:9200/a/b", "index prefix"),
        ("https://host/-a", "index prefix"),
        ("http://host:9200/é", "index prefix"),
    ],
)
async def test_a_url_that_names_no_engine_is_refused_with_what_to_write(url: str, message: str) -> None:
    with pytest.raises(Unusable, match=message):
        await open_engine(url)


async def test_a_folder_that_cannot_be_made_is_refused_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match=r"PLACEMENT_SEARCH_URL cannot be used: .*file"):
        await open_engine(f"embedded:{tmp_path}/file/search")
