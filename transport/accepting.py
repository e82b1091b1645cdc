"""What a client says it would rather have: the language and the form of an answer."""

from collections.abc import Iterator

from models.language import Language

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
SPOKEN = {"fr": Language.FR, "en": Language.EN, "*": None}


def language(header: str | None) -> Language | None:
    """The better liked of our two languages in an `Accept-Language`, None where neither is named before any other will do.
    Regions such as the CA of fr-CA do not matter."""
    for wanted, _ in _by_preference(header):
        spoken = wanted.partition("-")[0]
        if spoken in SPOKEN:
            return SPOKEN[spoken]
    return None


def response_type(header: str | None) -> str | None:
    """The media type of a GraphQL response for an `Accept`; None when nothing we can answer with is acceptable.
    A client that does not say so outright gets plain JSON: older ones understand no other."""
    wanted = dict(_by_preference(header))
    plain = max((wanted.get(each, 0.0) for each in (JSON, "application/*", "*/*")), default=0.0) if wanted else 1.0
    if wanted.get(GRAPHQL_RESPONSE, 0.0) >= max(plain, 0.001):
        return GRAPHQL_RESPONSE
    return JSON if plain else None


def wants_page(header: str | None) -> bool:
    """Whether a browser asks: nothing else names HTML."""
    return HTML in dict(_by_preference(header))


def _by_preference(header: str | None) -> list[tuple[str, float]]:
    """The values of a header with their weights, the heaviest first; of equal ones, as they were written."""
    return sorted(_weighed(header or ""), key=lambda each: -each[1])


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    for item in header.lower().split(","):
        value, *parameters = (part.strip() for part in item.split(";"))
        weight = _weight(parameters)
        if value and weight > 0:
            yield value, weight


def _weight(parameters: list[str]) -> float:
    """From 0 to 1; a weight that cannot be read takes the value out of the choice."""
    given = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        weight = float(given)
    except ValueError:
        return 0.0
    return weight if 0 < weight <= 1 else 0.0
