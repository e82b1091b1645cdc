"""The dictionary of an index on a server: the questions that find words near to another, and how their answers read."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.spelling import allowed_errors
from search.elastic_query import STANDING, filter_of
from search.engine import NearWordsRequest
from search.nearness import CANDIDATES, near

FIELD = "words"
MOST = 4 * CANDIDATES
FREQUENT = 2**31 - 1
"""A word that more documents hold is not compared with others: none is."""


def dictionary_question(request: NearWordsRequest) -> dict[str, object]:
    """The server, too, lets no second error be where the first letter is wrong."""
    compared = {
        "field": FIELD,
        "suggest_mode": "always",
        "max_edits": allowed_errors(request.word),
        "prefix_length": 0,
        "max_term_freq": FREQUENT,
        "size": MOST,
        "shard_size": MOST,
    }
    return {"size": 0, "suggest": {FIELD: {"text": request.word, "term": compared}}}


def candidates(request: NearWordsRequest, answer: Mapping[str, Any]) -> list[str]:
    options = [option for entry in answer["suggest"][FIELD] for option in entry["options"]]
    return near(request.word, ((option["text"], option["freq"]) for option in options))


def count_question(request: NearWordsRequest, words: Sequence[str]) -> dict[str, object]:
    """How many of the documents that may be found hold each of the words."""
    visible = [STANDING, filter_of(request.kind, request.visibility)]
    holding = {word: {"term": {FIELD: word}} for word in words}
    return {"size": 0, "query": {"bool": {"filter": visible}}, "aggs": {FIELD: {"filters": {"filters": holding}}}}


def counts(answer: Mapping[str, Any]) -> dict[str, int]:
    return {word: each["doc_count"] for word, each in answer["aggregations"][FIELD]["buckets"].items()}
