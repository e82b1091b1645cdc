"""Objects by their ids: in the order they were asked for, each read once, and opened as far as anybody is told once."""

from schema.node import find_key, global_id
from tests.path.test_main_path import publish_candidacy
from tests.service import Service

NODES = """query($ids: [ID!]!, $id: ID!, $number: String!) {
    nodes(ids: $ids) { id }
    same: nodes(ids: $ids) { id }
    node(id: $id) { id }
    candidacy(number: $number) { id }
    again: candidacy(number: $number, purpose: "Poste de nuit") { id }
}"""
CONSULTATIONS = "{ viewer { ... on Candidate { consultations { totalCount } candidacies { id } } } }"


async def test_a_candidacy_is_opened_once_an_hour_however_often_it_is_named(service: Service, agent: str) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", agent)
    number = await publish_candidacy(service, candidate)
    own = (await service.ask(CONSULTATIONS, candidate))["viewer"]["candidacies"][0]["id"]
    key = find_key(own, "Candidacy")
    assert key is not None
    profile = global_id("PublishedCandidacy", key)
    for _ in range(2):
        answer = await service.ask(NODES, employer, ids=["nothing", profile, own, *[profile] * 50], id=profile, number=number)
        assert answer["nodes"] == answer["same"] == [None, {"id": profile}, None, *[{"id": profile}] * 50]
        assert answer["node"] == answer["candidacy"] == answer["again"] == {"id": profile}
        assert (await service.ask(CONSULTATIONS, candidate))["viewer"]["consultations"]["totalCount"] == 1
