"""Did you mean: words that find nothing are replaced by near ones, of what the caller may see and enough people say."""

from tests.schema.posted import post
from tests.service import Service

OFFERS = "query($text: String) { found: jobOffers(criteria: {text: $text}) { totalCount suggestions ignoredWords } }"
CANDIDACIES = OFFERS.replace("jobOffers", "candidacies")


async def suggested(service: Service, text: str | None, query: str = OFFERS, token: str | None = None) -> list[str]:
    found: list[str] = (await service.ask(query, token, text=text))["found"]["suggestions"]
    return found


async def publish(service: Service, email: str, summary: str) -> str:
    token = await service.candidate(email)
    entered = {"title": {"fr": "Personne"}, "summary": {"fr": summary}, "occupations": ["72106"]}
    draft = await service.act("createCandidacy", "... on Candidacy { id }", token, **entered)
    await service.act("publishCandidacy", "", token, id=draft["id"])
    return token


async def test_a_word_that_finds_nothing_is_replaced_in_the_query_as_it_was_typed(service: Service) -> None:
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    await post(service, employer, "72106", title={"fr": "Soudeuse de nuit", "en": "Night welder"}, city="Montréal")
    await service.work()
    assert await suggested(service, "weldre Montréal") == ["welder Montréal"]
    assert await suggested(service, "“Weldr” -jour") == ["“welder” -jour"]
    assert await suggested(service, "soudeuze montreil") == ["soudeuse montreal", "soudeurs montreal"]
    assert await suggested(service, '"nigth welder" OR Montréal') == ['"night welder" OR Montréal']
    for text in ("welder", "weld*", "qqqqqqqq", "-weldr welder", None, " "):
        assert await suggested(service, text) == [], text


async def test_of_many_words_that_find_nothing_all_are_replaced_and_then_one_otherwise(service: Service) -> None:
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    await post(service, employer, "72106", description={"fr": "Soudage, sondage, soldage; zinguerie."})
    await service.work()
    assert await suggested(service, "zinguerei sodage") == [f"zinguerie {word}" for word in ("soldage", "sondage", "soudage")]
    words = [f"so{letter}dagee" for letter in "abcefghijkmopqrstvwxyz"]
    found = await suggested(service, " OR ".join(words))
    assert len(found) == 5
    assert all(each.split(" OR ")[10:] == words[10:] for each in found)  # ten words are looked up
    assert await suggested(service, " ".join(words)) == [], "the others still find nothing"


async def test_words_that_are_not_looked_for_are_told(service: Service) -> None:
    found = (await service.ask(OFFERS, text="le soudeur de nuit"))["found"]
    assert found["ignoredWords"] == ["le", "de"]
    assert (await service.ask(OFFERS, text=None))["found"]["ignoredWords"] == []


async def test_a_text_of_nothing_but_common_words_is_refused_and_does_not_find_everything(service: Service) -> None:
    for text, code in (
        ("de la", "NO_SEARCHABLE_WORD"),
        ("x" * 501, "TEXT_TOO_LONG"),
        (" ".join(f"w{n}" for n in range(51)), "TOO_MANY_TERMS"),
    ):
        result = await service.run(OFFERS, text=text)
        assert [problem.code for problem in result.errors[0].original_error.problems] == [code]


async def test_no_word_of_candidacies_is_told_that_fewer_than_three_visible_ones_hold(service: Service) -> None:
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    tokens = [await publish(service, f"c{number}@example.org", "Travaux de zinguerie") for number in range(3)]
    await publish(service, "alone@example.org", "Travaux de xylographie")
    await service.work()
    assert await suggested(service, "zinguerei", CANDIDACIES, employer) == ["zinguerie"]
    assert await suggested(service, "xylographei", CANDIDACIES, employer) == []
    own = (await service.ask("{ viewer { ... on Candidate { candidacies { id } } } }", tokens[0]))["viewer"]["candidacies"]
    await service.act("withdrawCandidacy", "", tokens[0], id=own[0]["id"])
    await service.work()
    assert await suggested(service, "zinguerei", CANDIDACIES, employer) == []
    assert await suggested(service, "zinguerei") == []  # and no offer says it
