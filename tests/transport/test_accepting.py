"""What headers say of the language and the form of an answer."""

import pytest

from models.language import Language
from transport.accepting import GRAPHQL_RESPONSE, JSON, language, response_type, wants_page


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        (None, None),
        ("", None),
        ("en", Language.EN),
        ("EN-us", Language.EN),
        ("fr-CA", Language.FR),
        ("en-CA,fr-CA;q=0.9", Language.EN),
        ("en;q=0.4, fr;q=0.6", Language.FR),
        ("de, es;q=0.9", None),
        ("de, en;q=0.1", Language.EN),
        ("de, *;q=0.5", None),
        ("*, en;q=0.5", None),
        ("en, *;q=0.5", Language.EN),
        ("fr;q=0, en", Language.EN),
        ("fr;q=nonsense, en;q=0.2", Language.EN),
        ("fr;q=nan, en;q=0.2", Language.EN),
        ("fr;q=2, en", Language.EN),
        ("friulian-IT, en;q=0.1", Language.EN),
        (";;,,=", None),
    ],
)
def test_the_language_is_the_best_liked_of_ours_or_none(header: str | None, spoken: Language | None) -> None:
    assert language(header) is spoken


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        (None, JSON),
        ("", JSON),
        ("application/*", JSON),
        ("text/html, */*;q=0.1", JSON),
        (f"{GRAPHQL_RESPONSE};charset=utf-8", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0, {JSON}", JSON),
        (f"{GRAPHQL_RESPONSE};q=0", JSON),
        (f"{JSON};q=0, text/html", None),
        ("text/html", None),
        ("image/*", None),
    ],
)
def test_the_form_of_an_answer_is_the_one_asked_for_or_none(header: str | None, answered: str | None) -> None:
    assert response_type(header) == answered


def test_only_a_browser_gets_a_page() -> None:
    assert wants_page("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert not any(wants_page(header) for header in (None, "*/*", JSON, "text/html;q=0"))
