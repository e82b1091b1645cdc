"""The dictionary of an index in a folder: the words that documents hold, unstemmed."""

from collections.abc import Iterator

from tantivy import Searcher

from models.clause import all_of, has
from models.spelling import allowed_errors, other_beginnings
from search.embedded_order import count
from search.embedded_query import Translator
from search.engine import NearWordsRequest
from search.nearness import near, told

FIELD = "words"


def near_words(searcher: Searcher, translator: Translator, request: NearWordsRequest) -> list[str]:
    """Lists the words of the index that begin with the same letter, and compares each: about a millisecond for a thousand."""
    if not allowed_errors(request.word):
        return []
    found = near(request.word, _frequencies(searcher, request.word))
    queries = {word: translator.found(all_of((request.visibility, has(FIELD, word)))) for word in found}
    counts = {word: count(searcher, query) for word, query in queries.items()}
    return told(request.word, counts, request.least, request.first)


def _frequencies(searcher: Searcher, word: str) -> Iterator[tuple[str, int]]:
    yield from searcher.terms_with_prefix(FIELD, word[0])
    for each in other_beginnings(word):
        if (often := searcher.doc_freq(FIELD, each)) and each[0] != word[0]:
            yield each, often
