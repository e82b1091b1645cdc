"""The official client of Elasticsearch, given bodies made by hand that ask for the same: a baseline to measure our adapter
against, and no part of the service."""

from typing import Any

from elasticsearch import AsyncElasticsearch

from benchmarks.questions import PAGE, Question
from models.clause import Between, Everything
from models.language import Language
from models.text import stem
from search.elastic import ElasticEngine
from search.engine import Order

Body = dict[str, Any]


class ElasticBaseline:
    def __init__(self, engine: ElasticEngine) -> None:
        self._client: AsyncElasticsearch = engine.client
        self._index = next(iter(engine.indexes.values())).names.alias

    async def search(self, question: Question) -> int:
        """How many it finds. Only for what `can_ask` says."""
        answer = await self._client.search(index=self._index, body=body(question))
        total: int = answer["hits"]["total"]["value"]
        return total


def can_ask(question: Question) -> bool:
    """Deep pages have no hand-made question here: where they begin, only our cursor says. Nor have rows."""
    return not question.offset and not question.resolved


def body(question: Question) -> Body:
    filters, words = _filters(question), _words(question)
    order: list[Body] = [{"published": "desc"}, {"id": "asc"}]
    return {
        "query": {"bool": {"filter": [*filters, *([{"bool": {"should": words}}] if words else [])], "should": _scores(words)}},
        "size": PAGE + 1,
        "sort": [{"_score": "desc"}, *order] if question.order is Order.RELEVANCE else order,
        "track_total_hits": True,
        "stored_fields": "_none_",
        "aggs": {name: {"terms": {"field": name, "size": 1_000}} for name in question.facets},
    }


def _words(question: Question) -> list[Body]:
    text = question.criteria.text or ""
    if text.endswith("*"):
        return []
    return [{"term": {f"text_{each.lower()}": stem(word, each)}} for word in text.split(" OR ") if word for each in Language]


def _scores(words: list[Body]) -> list[Body]:
    titles = [{"term": {field.replace("text", "title"): value}} for each in words for field, value in each["term"].items()]
    weighed = [*((each, 1) for each in words), *((each, 3) for each in titles)]
    return [{"constant_score": {"filter": each, "boost": boost}} for each, boost in weighed]


def _filters(question: Question) -> list[Body]:
    criteria, clause = question.criteria, question.clause
    filters: list[Body] = [{"bool": {"must_not": {"term": {"removed": True}}}}]
    if criteria.text and criteria.text.endswith("*"):
        filters.append({"prefix": {"words": criteria.text.rstrip("*")}})
    if criteria.regions:
        filters.append({"terms": {"regions": list(criteria.regions)}})
    if criteria.minimum_education:
        filters.append({"range": {"education_rank": {"gte": criteria.minimum_education.rank}}})
    if criteria.work_modes:
        filters.append({"terms": {"work_modes": [mode.value for mode in criteria.work_modes]}})
    if isinstance(criteria.clause, Everything) and isinstance(clause, Between):
        filters.append({"range": {clause.field: {"gte": clause.least}}})
    return filters
