"""What `make run` does, as a newcomer who follows the README sees it: from nothing to the answer of the first query."""

import json
import re
from pathlib import Path
from typing import Any

import httpx

from tests.processes.running import ROOT, Installation, installation

README = (ROOT / "README.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8000"


def steps_of_make_run() -> list[str]:
    recipe = re.search(r"^run: .*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    return re.findall(r"@\$\(PLACEMENT\) (.+)", recipe[1])


def first_query() -> str:
    """The body that the README sends."""
    found = re.search(rf"curl -s {ADDRESS}/graphql .*\\\n +-d '(.+)'", README)
    assert found is not None
    return found[1]


def shape(answer: Any) -> Any:
    """The names and types of an answer, of a list those of its first item."""
    if isinstance(answer, dict):
        return {name: shape(value) for name, value in answer.items() if value is not None}
    return [shape(answer[0])] if isinstance(answer, list) else type(answer)


def shown_answer() -> Any:
    """What the README shows of it: the beginning, cut off after the first item of the list."""
    found = re.search(r"```json\n(\{\"data\".+?),\n *…", README, re.DOTALL)
    assert found is not None
    return json.loads(found[1] + "]}}}")


async def ask(installed: Installation, body: str) -> Any:
    async with httpx.AsyncClient(timeout=20) as http:
        answer = await http.post(f"{installed.url}/graphql", content=body, headers={"Content-Type": "application/json"})
    return answer.json()


async def test_the_first_query_of_the_readme_is_answered_as_the_readme_shows(tmp_path: Path) -> None:
    body = first_query()
    async with installation(tmp_path, {}) as installed:
        *before, last = steps_of_make_run()
        assert (before, last) == (["migrate", "seed"], "serve")
        for step in before:
            await installed.do(step)
        process = await installed.start_api(worker_inside=True)
        assert body in process.said()
        answer = await ask(installed, body)
        assert shape(answer) == shape(shown_answer())
        assert answer["data"]["jobOffers"]["totalCount"] == shown_answer()["data"]["jobOffers"]["totalCount"]
        for same in ("infirmiere", "INFIRMIÈRES"):
            assert await ask(installed, body.replace("infirmière", same)) == answer
