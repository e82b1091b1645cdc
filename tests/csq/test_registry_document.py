"""docs/registry.md is true: its schemas accept what is sent and taken, and nothing else; its examples come out as said."""

import json
import re
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from csq.message import NoAnswer, question, read_answer
from models.certificate import Certificate, Verdict
from tests import source_tree
from tests.csq.json_schema import accepts

DOCUMENT = (source_tree.PROJECT / "docs" / "registry.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```json ([\w=-]+)\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
SCHEMAS: dict[str, dict[str, Any]] = {name[7:]: json.loads(text) for name, text in BLOCKS if name.startswith("schema=")}
EXAMPLES = [(name.partition("=")[2], text) for name, text in BLOCKS if name.startswith("answer=")]
NO_ANSWERS = [(name.partition("=")[2], text) for name, text in BLOCKS if name.startswith("no-answer=")]
REQUEST_ID = "7b7c0d5c-0f64-4d7a-9f0e-3f2a6f0d8a51"
CERTIFICATE = Certificate("F1234567890", "R7654321", date(2025, 6, 1), date(2028, 6, 1))
CODES = set(re.findall(r"^\| `(REGISTRY_\w+)", DOCUMENT, re.MULTILINE))

VALUES: dict[str, list[Any]] = {
    "requestId": [REQUEST_ID],
    "outcome": ["RECOGNISED", "NOT_RECOGNISED", "recognised", None, True],
    "invitationLetterSent": [True, False, 1, "true", None],
    "residence": ["ABROAD", "QUEBEC", "CANADA", "", None, 0, []],
    "more": [None],
}


def test_what_is_sent_is_the_question_of_the_document() -> None:
    [text] = [text for name, text in BLOCKS if name == "question"]
    sent = json.loads(question(REQUEST_ID, CERTIFICATE))
    assert sent == json.loads(text)
    assert accepts(SCHEMAS["question"], sent)


@pytest.mark.parametrize(
    "wrong", [{"fileNumber": "f 1"}, {"issuedOn": "1 June"}, {"requestId": "7"}, {"name": "Amina"}, {"expiresOn": None}]
)
def test_the_schema_of_the_question_accepts_no_other(wrong: dict[str, Any]) -> None:
    sent = json.loads(question(REQUEST_ID, CERTIFICATE))
    assert not accepts(SCHEMAS["question"], sent | wrong)
    assert not any(accepts(SCHEMAS["question"], {key: sent[key] for key in sent if key != left_out}) for left_out in sent)


@pytest.mark.parametrize(("verdict", "text"), EXAMPLES)
def test_each_example_of_an_answer_is_the_verdict_it_is_said_to_be(verdict: str, text: str) -> None:
    assert read_answer(text.encode(), REQUEST_ID) is Verdict(verdict)
    assert accepts(SCHEMAS["answer"], json.loads(text))


def test_there_is_an_example_of_every_verdict() -> None:
    assert {verdict for verdict, _ in EXAMPLES} == set(Verdict) - {Verdict.NO_ANSWER}


@pytest.mark.parametrize(("problem", "text"), NO_ANSWERS)
def test_each_example_of_no_answer_has_the_code_it_is_said_to_have(problem: str, text: str) -> None:
    with pytest.raises(NoAnswer) as none:
        read_answer(text.encode(), REQUEST_ID)
    assert none.value.problem == problem


def test_what_the_schema_accepts_is_what_is_taken_for_an_answer() -> None:
    """Whatever members there are, and whatever their values."""
    answers: list[dict[str, Any]] = [{}]
    for name, values in VALUES.items():
        answers += [{**answer, name: value} for answer in answers for value in values]
    taken = [answer for answer in answers if _is_taken(answer)]
    assert taken == [answer for answer in answers if accepts(SCHEMAS["answer"], answer)]
    assert len(taken) == 7
    assert all(one != other for one, other in combinations(taken, 2))


def _is_taken(answer: dict[str, Any]) -> bool:
    try:
        read_answer(json.dumps(answer).encode(), REQUEST_ID)
    except NoAnswer:
        return False
    return True


def test_every_code_is_in_the_document() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (source_tree.PROJECT / "csq").glob("*.py")]
    assert {code for source in sources for code in re.findall(r'"(REGISTRY_[A-Z_]+?)_?(?:"|\{)', source)} <= CODES | {
        "REGISTRY_FAULT"
    }
    assert len(CODES) > 10
