"""The main path: from a certificate to an employer's search, and from an alert to the offer that it waited for."""

from email.message import EmailMessage

from tests.conftest import Clock
from tests.service import Service, plain

TITLE = {"fr": "Infirmière clinicienne", "en": "Clinical nurse"}


async def publish_candidacy(service: Service, token: str) -> str:
    """Writes and publishes a candidacy; answers its public number."""
    draft = await service.act(
        "createCandidacy",
        "... on Candidacy { id number status }",
        token,
        title=TITLE,
        summary={"fr": "Dix ans en soins intensifs, sécurité des patients."},
        occupations=["31301"],
        languages=[{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 9}],
        education="BACHELOR",
        yearsOfExperience=10,
        regions=["06"],
    )
    assert draft["status"] == "DRAFT", draft
    published = await service.act(
        "publishCandidacy", "... on Candidacy { number status publicationEndsOn }", token, id=draft["id"]
    )
    assert published["status"] == "PUBLISHED", published
    return str(published["number"])


def alert_mails(service: Service) -> list[EmailMessage]:
    return [letter for letter in service.letters() if letter["List-Unsubscribe"]]


async def test_a_candidacy_is_found_by_an_authenticated_employer(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    number = await publish_candidacy(service, candidate)
    await service.work()
    query = """query($criteria: CandidacyCriteria) { candidacies(criteria: $criteria) {
        totalCount
        edges { score node { number title { fr } person { email } countryOfResidence { label } }
                highlights { field language fragments { text marked } } }
        facets { name values { value label count fewerThan } } } }"""
    for text in ("infirmière", "infirmiere", "INFIRMIÈRES", "nurses", '"soins intensifs"', "infirm*", "nurse -cuisine"):
        found = (await service.ask(query, employer, criteria={"text": text}))["candidacies"]
        assert [edge["node"]["number"] for edge in found["edges"]] == [number], text
        assert found["totalCount"] == 1
    assert found["edges"][0]["node"]["person"] is None
    assert found["edges"][0]["node"]["countryOfResidence"] == {"label": "Morocco"}
    regions = next(facet for facet in found["facets"] if facet["name"] == "REGION")
    assert regions["values"] == [{"value": "06", "label": "Montréal", "count": None, "fewerThan": 3}]
    none = (await service.ask(query, employer, criteria={"text": "soudeur"}))["candidacies"]
    assert none["totalCount"] == 0


async def test_highlights_mark_the_words_found(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    await publish_candidacy(service, candidate)
    await service.work()
    query = (
        """{ candidacies(criteria: {text: "securite"}) { edges { highlights { field language fragments { text marked } } } } }"""
    )
    found = (await service.ask(query, employer))["candidacies"]
    shown = found["edges"][0]["highlights"]
    assert [(each["field"], each["language"]) for each in shown] == [("summary", "FR")]
    assert {"text": "sécurité", "marked": True} in shown[0]["fragments"]


async def test_a_withdrawn_candidacy_is_gone_at_once(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    number = await publish_candidacy(service, candidate)
    await service.work()
    own = (await service.ask("{ viewer { ... on Candidate { candidacies { id } } } }", candidate))["viewer"]["candidacies"]
    withdrawn = await service.act("withdrawCandidacy", "... on Candidacy { status }", candidate, id=own[0]["id"])
    assert withdrawn["status"] == "WITHDRAWN"
    found = (await service.ask("{ candidacies { edges { node { number } } } }", employer))["candidacies"]
    assert found["edges"] == []  # before the index knows of it
    gone = await service.ask("query($number: String!) { candidacy(number: $number) { id } }", employer, number=number)
    assert gone["candidacy"] is None


async def test_a_consultation_is_shown_to_the_candidate(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    number = await publish_candidacy(service, candidate)
    query = 'query($number: String!) { candidacy(number: $number, purpose: "Poste de nuit") { number } }'
    assert (await service.ask(query, employer, number=number.replace("-", " ").lower()))["candidacy"]["number"] == number
    query = "{ viewer { ... on Candidate { consultations { edges { node { employer { name } candidacyNumber purpose } } } } } }"
    seen = (await service.ask(query, candidate))["viewer"]["consultations"]["edges"]
    assert seen == [{"node": {"employer": {"name": "Hôpital du Fjord"}, "candidacyNumber": number, "purpose": "Poste de nuit"}}]


OFFER = {
    "title": {"fr": "Infirmier ou infirmière de nuit", "en": "Night nurse"},
    "description": {"fr": "Soins de nuit à l’hôpital."},
    "occupation": "31301",
    "region": "02",
    "contractType": "PERMANENT",
    "workMode": "ON_SITE",
    "salary": {"minimum": 30, "maximum": 40, "period": "HOUR"},
    "hoursPerWeek": 35.0,
}


async def publish_offer(service: Service, token: str, **changes: object) -> str:
    draft = await service.act("createJobOffer", "... on JobOffer { id }", token, **{**OFFER, **changes})
    published = await service.act("publishJobOffer", "... on JobOffer { id status number }", token, id=draft["id"])
    assert published["status"] == "PUBLISHED", published
    return str(published["number"])


async def test_an_offer_reaches_the_subscriber_of_an_alert_by_mail(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    alert = await service.act(
        "createJobAlert",
        "... on JobAlert { id status criteria { json sentence } estimate { matches } }",
        candidate,
        name="Infirmière",
        frequency="LIVE",
        criteria={"text": "infirmiere", "regions": ["02"]},
    )
    assert alert["status"] == "ON", alert
    assert alert["criteria"]["sentence"] == "Offers: with “infirmiere”; region: Saguenay–Lac-Saint-Jean."
    number = await publish_offer(service, employer)
    await publish_offer(service, employer, region="06")
    await service.work()
    letters = alert_mails(service)
    assert [letter["To"].addresses[0].addr_spec for letter in letters] == ["amina@example.org"]
    assert "Night nurse" in plain(letters[0])
    assert letters[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    query = """{ viewer { ... on Candidate { notifications { totalCount edges { node {
        kind jobOffer { number } alert { name } deliveries { channel status } } } } } } }"""
    ledger = (await service.ask(query, candidate))["viewer"]["notifications"]
    node = ledger["edges"][0]["node"]
    assert (ledger["totalCount"], node["jobOffer"]["number"], node["alert"]["name"]) == (1, number, "Infirmière")
    assert {each["channel"]: each["status"] for each in node["deliveries"]} == {"EMAIL": "SENT", "LIVE": "SENT"}


async def test_unsubscribing_by_the_header_of_a_mail_silences_all_alerts_that_it_told_of(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    for name, text in (("Nuit", "nuit"), ("Soins", "soins")):
        criteria = {"text": text, "occupations": ["313"]}
        await service.act("createJobAlert", "", candidate, name=name, frequency="LIVE", criteria=criteria)
    await publish_offer(service, employer)
    await service.work()
    link = alert_mails(service)[0]["List-Unsubscribe"].strip("<>")
    done = await service.act(
        "unsubscribe", "... on Unsubscribed { alertName }", token=link.split("/unsubscribe/")[1].partition("?")[0]
    )
    assert set(done["alertName"].split(", ")) == {"Nuit", "Soins"}
    await publish_offer(service, employer)
    await service.work()
    assert len(alert_mails(service)) == 1


async def test_offers_are_found_by_everybody(service: Service) -> None:
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    number = await publish_offer(service, employer)
    await service.work()
    query = """query($criteria: JobOfferCriteria, $order: JobOfferOrder) { jobOffers(criteria: $criteria, orderBy: $order) {
        totalCount edges { node { number salary { annualMaximum } employer { name status } history { status } } }
        facets { name values { value label count selected } } } }"""
    for criteria in (
        {"text": "nurse hôpital"},
        {"occupations": ["31"], "minimumSalary": 70000},
        {"regions": ["02"], "contractTypes": ["PERMANENT"], "workModes": ["ON_SITE"]},
        {"text": "fjord"},
    ):
        found = (await service.ask(query, criteria=criteria, order="SALARY"))["jobOffers"]
        assert [edge["node"]["number"] for edge in found["edges"]] == [number], criteria
    node = found["edges"][0]["node"]
    assert (node["salary"]["annualMaximum"], node["history"]) == (72800, [])
    wanting_more = (await service.ask(query, criteria={"minimumSalary": 72801}))["jobOffers"]
    assert wanting_more["totalCount"] == 0


async def test_a_registration_is_pending_until_the_registry_answers(service: Service, clock: Clock) -> None:
    candidate = await service.candidate("amina@example.org", fileNumber="LATER12345")
    query = "{ viewer { ... on Candidate { registration { status notice { code } certificate { fileNumber } } } } }"
    pending = (await service.ask(query, candidate))["viewer"]["registration"]
    assert pending == {
        "status": "PENDING",
        "notice": {"code": "REGISTRATION_PENDING"},
        "certificate": {"fileNumber": "•••••••345"},
    }
    draft = await service.act("createCandidacy", "... on Candidacy { id }", candidate, title=TITLE, occupations=["31301"])
    refused = await service.act("publishCandidacy", "", candidate, id=draft["id"])
    assert (refused["__typename"], refused["code"]) == ("NotEligible", "REGISTRATION_PENDING")
    clock.move(hours=2)
    await service.work()
    clock.move(hours=2)
    await service.work()
    candidate = await service.sign_in("amina@example.org")
    settled = (await service.ask(query, candidate))["viewer"]["registration"]
    assert (settled["status"], settled["notice"]) == ("ACTIVE", None)
    assert "Your registration is accepted" in [letter["Subject"] for letter in service.letters()]
    published = await service.act("publishCandidacy", "... on Candidacy { status }", candidate, id=draft["id"])
    assert published["status"] == "PUBLISHED", published
