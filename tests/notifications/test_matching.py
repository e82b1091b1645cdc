"""An offer finds exactly the alerts whose criteria it meets, on every database."""

from uuid import uuid4

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from models.criteria import CriteriaMode, Quantifier
from models.database import Database
from models.document import Document
from models.job_alert import JobAlertStatus
from models.job_offer import JobOffer
from models.job_offer_criteria import JobOfferCriteria, JobOfferExclusion
from models.job_offer_document import job_offer_document
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode
from models.salary import SalaryPeriod
from notifications.matching import matching_alerts
from tests.conftest import NOW
from tests.notifications.rows import EARLIER, add_alert, add_employer, add_offer, add_person

EMPLOYER_NAME = "Fonderie du Fjord"
WORDS = ("soudeur", "soudeuse", "welder", "usine", "nuit", "fjord", "acier")
OCCUPATIONS = ("72106", "72104", "31301")
REGIONS = ("02", "06", "17")
SKILLS = ("welding", "blueprints")
LEVELS = tuple(LanguageLevel("fr", LanguageSkill.ORAL_PRODUCTION, level) for level in (4, 8))

words = st.sampled_from(WORDS)
phrases = st.lists(words, min_size=2, max_size=3).map(lambda some: f'"{" ".join(some)}"')
terms = st.one_of(words, phrases, words.map(lambda word: f"{word[:3]}*"), st.tuples(words, words).map(" OR ".join))
texts = st.tuples(st.lists(terms, min_size=1, max_size=3), st.lists(words.map(lambda word: f"-{word}"), max_size=1))


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


criteria_asked = st.fixed_dictionaries(
    {},
    optional={
        "text": texts.map(lambda parts: " ".join(parts[0] + parts[1])),
        "occupations": some((*OCCUPATIONS, "7", "721")),
        "skills": some(SKILLS),
        "skills_match": st.sampled_from(Quantifier),
        "regions": some(REGIONS),
        "contract_types": st.lists(st.sampled_from(ContractType), unique=True, max_size=2).map(tuple),
        "work_modes": st.lists(st.sampled_from(WorkMode), unique=True, max_size=2).map(tuple),
        "minimum_salary": st.sampled_from((0, 40_000, 60_000)),
        "maximum_required_years": st.integers(0, 4),
        "maximum_required_education": st.sampled_from(Education),
        "languages_at_most": st.lists(st.sampled_from(LEVELS), max_size=1).map(tuple),
        "accepts_online_applications": st.booleans(),
        "excluding": st.builds(JobOfferExclusion, occupations=some(OCCUPATIONS), regions=some(REGIONS)),
        "mode": st.sampled_from(CriteriaMode),
    },
).map(lambda asked: JobOfferCriteria(**asked))
sentences = st.none() | st.lists(words, min_size=1, max_size=6).map(" ".join)
pay = st.none() | st.integers(15, 35)
offers = st.fixed_dictionaries(
    {
        "title_fr": st.lists(words, min_size=1, max_size=3).map(" ".join),
        "description_fr": sentences,
        "description_en": sentences,
        "occupation": st.sampled_from(OCCUPATIONS),
        "skills": some(SKILLS).map(list),
        "region": st.sampled_from(REGIONS),
        "contract_type": st.sampled_from(ContractType),
        "work_mode": st.sampled_from(WorkMode),
        "salary_minimum": pay,
        "education": st.sampled_from(Education),
        "years_of_experience": st.integers(0, 4),
        "languages": st.lists(st.sampled_from(LEVELS).map(str), max_size=1),
        "accepts_online_applications": st.booleans(),
    }
)


def offer_document(fields: dict[str, object]) -> Document:
    hourly = fields["salary_minimum"]
    offer = JobOffer(id=uuid4(), number="BCDF-2345", employer_id=uuid4(), version=1, salary_maximum=hourly, **fields)
    offer.salary_period = SalaryPeriod.HOUR
    offer.published_at, offer.ends_on = NOW, NOW.date()
    return job_offer_document(offer, EMPLOYER_NAME)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(criteria_asked, min_size=5, max_size=20), st.lists(offers, min_size=3, max_size=3))
async def test_the_anchor_table_finds_what_the_criteria_match(
    database: Database, asked: list[JobOfferCriteria], given_offers: list[dict[str, object]]
) -> None:
    async with database.begin() as session:
        person = add_person(session)
        alerts = {add_alert(session, person, criteria).id: criteria for criteria in asked}
        await session.flush()
        for document in map(offer_document, given_offers):
            found = {match.alert_id for match in await matching_alerts(session, document)}
            expected = {alert_id for alert_id, criteria in alerts.items() if criteria.matches(document)}
            event(f"matches: {bool(expected)}")
            assert found == expected
        await session.rollback()


async def test_a_match_says_whose_alert_it_is_and_since_when(database: Database) -> None:
    async with database.begin() as session:
        person = add_person(session)
        alert = add_alert(session, person)
        offer = add_offer(session, add_employer(session))
        await session.flush()
        (match,) = await matching_alerts(session, job_offer_document(offer, EMPLOYER_NAME))
        assert (match.alert_id, match.person_id) == (alert.id, person.id)
        assert (match.frequency, match.started_at) == (alert.frequency, EARLIER)


async def test_a_paused_alert_matches_nothing(database: Database) -> None:
    async with database.begin() as session:
        add_alert(session, add_person(session), status=JobAlertStatus.PAUSED)
        offer = add_offer(session, add_employer(session))
        await session.flush()
        assert await matching_alerts(session, job_offer_document(offer, EMPLOYER_NAME)) == []


async def test_an_alert_found_by_two_of_its_anchors_is_one_match(database: Database) -> None:
    async with database.begin() as session:
        add_alert(session, add_person(session), JobOfferCriteria(text="soudeur OR acier"))
        offer = add_offer(session, add_employer(session), description_fr="acier")
        await session.flush()
        assert len(await matching_alerts(session, job_offer_document(offer, EMPLOYER_NAME))) == 1


async def test_an_offer_of_forty_thousand_different_words_is_matched(database: Database) -> None:
    async with database.begin() as session:
        alert = add_alert(session, add_person(session))
        offer = add_offer(session, add_employer(session), description_fr=" ".join(f"mot{n}" for n in range(40_000)))
        await session.flush()
        matches = await matching_alerts(session, job_offer_document(offer, EMPLOYER_NAME))
        assert [match.alert_id for match in matches] == [alert.id]
