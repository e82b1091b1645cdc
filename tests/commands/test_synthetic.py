"""Synthetic candidacies, offers and alerts are repeatable, coherent, bilingual, and skewed as real ones are."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Protocol

import pytest

from commands.synthetic import (
    SyntheticCandidacy,
    SyntheticJobAlert,
    SyntheticJobOffer,
    candidacies,
    employers,
    job_alerts,
    job_offers,
)
from models import country, occupation, region, skill, spoken_language
from models.language import LocalizedText
from models.profile import ContractType, Education
from models.salary import Salary

SEED = 20
COUNT = 3000


class Identified(Protocol):
    @property
    def external_id(self) -> str: ...


Make = Callable[[int, int], Iterator[Identified]]


@cache
def some_candidacies() -> tuple[SyntheticCandidacy, ...]:
    return tuple(candidacies(COUNT, SEED))


@cache
def some_offers() -> tuple[SyntheticJobOffer, ...]:
    return tuple(job_offers(COUNT, SEED))


@cache
def some_alerts() -> tuple[SyntheticJobAlert, ...]:
    return tuple(job_alerts(COUNT, SEED))


def share(flags: Iterable[bool]) -> float:
    given = list(flags)
    return sum(given) / len(given)


def texts() -> Iterator[LocalizedText]:
    for candidacy in some_candidacies():
        yield from (candidacy.title, candidacy.summary, candidacy.experience)
    for offer in some_offers():
        yield from (offer.title, offer.description)
        if offer.how_to_apply:
            yield offer.how_to_apply


@pytest.mark.parametrize("make", [candidacies, job_offers, job_alerts])
def test_the_same_seed_gives_the_same_objects_however_many_are_made(make: Make) -> None:
    assert list(make(40, 7)) == list(make(400, 7))[:40]
    assert list(make(40, 7)) != list(make(40, 8))


@pytest.mark.parametrize("make", [candidacies, job_offers, job_alerts])
def test_every_object_has_an_external_id_of_its_own(make: Make) -> None:
    assert [each.external_id for each in make(3, 7)] == ["synthetic-7-0", "synthetic-7-1", "synthetic-7-2"]


def test_candidacies_name_only_known_codes() -> None:
    for each in some_candidacies():
        assert all(map(occupation.is_known, each.occupations))
        assert all(map(skill.is_known, each.skills))
        assert all(map(region.is_known, each.regions))
        assert country.is_known(each.person.country_of_residence)
        assert all(spoken_language.is_known(code) and 1 <= level <= 12 for code, _, level in each.languages)


def test_offers_name_only_known_codes() -> None:
    for each in some_offers():
        assert occupation.is_known(each.occupation)
        assert all(map(skill.is_known, each.skills))
        assert region.is_known(each.region)
        assert all(spoken_language.is_known(code) and 1 <= level <= 12 for code, _, level in each.languages)


def test_nothing_is_listed_twice() -> None:
    for candidacy in some_candidacies():
        for codes in (candidacy.occupations, candidacy.skills, candidacy.regions, candidacy.work_modes):
            assert len(set(codes)) == len(codes)
        assert len({(code, ability) for code, ability, _ in candidacy.languages}) == len(candidacy.languages)


def test_nobody_lives_in_canada() -> None:
    assert "CA" not in {each.person.country_of_residence for each in some_candidacies()}


def test_most_candidacies_are_in_both_languages_and_some_in_one_only() -> None:
    titles = [each.title for each in some_candidacies()]
    assert 0.5 < share(bool(title.fr and title.en) for title in titles) < 0.7
    assert share(title.en is None for title in titles) > 0.2
    assert share(title.fr is None for title in titles) > 0.08


def test_most_offers_are_in_both_languages_and_some_in_one_only() -> None:
    titles = [each.title for each in some_offers()]
    assert 0.5 < share(bool(title.fr and title.en) for title in titles) < 0.65
    assert share(title.en is None for title in titles) > 0.3
    assert share(title.fr is None for title in titles) > 0.03


def test_all_texts_of_one_object_are_in_the_same_languages() -> None:
    for each in some_candidacies():
        assert (each.title.fr is None) == (each.summary.fr is None) == (each.experience.fr is None)
        assert (each.title.en is None) == (each.summary.en is None) == (each.experience.en is None)
    for offer in some_offers():
        assert (offer.title.fr is None) == (offer.description.fr is None)
        assert (offer.title.en is None) == (offer.description.en is None)


def test_a_candidacy_is_about_a_page_of_text() -> None:
    sizes = [
        sum(len((text or "").encode()) for each in (c.title, c.summary, c.experience) for text in (each.fr, each.en))
        for c in some_candidacies()
    ]
    assert 1200 < sum(sizes) / len(sizes) < 2000


def test_texts_keep_no_placeholder_no_alternative_and_no_straight_apostrophe() -> None:
    for text in texts():
        for written in (text.fr, text.en):
            assert written is None or not re.search(r"[{}\[\]|']|  |None", written), written


def test_french_elides_and_contracts() -> None:
    for text in texts():
        assert not re.search(r"\b(de|que|le|la|se) [aeiouéèêâ]", text.fr or "", re.IGNORECASE), text.fr
        assert not re.search(r"\b(à les|à le|de les|de le|de des|de du)\b", text.fr or "", re.IGNORECASE), text.fr


def test_french_sets_a_no_break_space_before_a_colon() -> None:
    assert not any(re.search(r"[^\u00a0\d]:", text.fr or "") for text in texts())


def test_english_articles_agree() -> None:
    for text in texts():
        assert not re.search(r"\b(a [aeio]|an [^aeiouAEIO8h])", text.en or ""), text.en


def test_a_nurse_speaks_of_nursing() -> None:
    nurses = [each for each in some_candidacies() if each.occupations[0] == "31301" and each.summary.fr]
    assert len(nurses) > 50
    for nurse in nurses:
        assert "infirmi" in (nurse.title.fr or "").lower()
        assert re.search("infirmi|soins|patient|médica", f"{nurse.summary.fr} {nurse.experience.fr}")


def test_a_womans_texts_are_feminine_and_a_mans_masculine() -> None:
    titles = {each.title.fr for each in some_candidacies() if each.title.fr and each.occupations[0] == "72106"}
    assert {"Soudeuse-monteuse", "Soudeur-monteur"} <= titles
    for each in some_candidacies():
        if (each.title.fr or "").startswith("Soudeuse"):
            assert not re.search("soudeur|Fort de| prêt à | certain\\.| habitué ", f"{each.summary.fr} {each.experience.fr}")


def test_years_without_experience_are_not_told_as_experience() -> None:
    beginners = [each for each in some_candidacies() if each.years_of_experience == 0]
    assert beginners
    assert not any(re.search("zéro|zero", f"{each.summary}{each.experience}") for each in beginners)


def test_what_is_sought_is_skewed_as_on_a_real_market() -> None:
    counts = Counter(each.occupations[0] for each in some_candidacies())
    assert len(counts) > 100
    assert counts["31301"] > 10 * counts.most_common()[60][1]
    regions = Counter(each.region for each in some_offers())
    assert set(regions) == set(region.regions())
    assert regions["06"] > 5 * regions["11"]


def test_offers_are_made_by_listed_employers_at_home_in_their_city() -> None:
    listed = set(employers())
    assert len({each.name for each in listed}) == len({each.external_id for each in listed}) == len(listed) < 500
    for offer in some_offers():
        assert offer.employer in listed
        assert (offer.region, offer.city) == (offer.employer.region, offer.employer.city)


def test_pay_is_a_range_that_comes_to_a_plausible_year() -> None:
    paid = [(each, Salary(*each.salary, each.hours_per_week)) for each in some_offers() if each.salary]
    assert 0.7 < len(paid) / COUNT < 0.85
    for offer, salary in paid:
        assert salary.minimum <= salary.maximum
        assert 14_000 < salary.annual_minimum < 350_000, offer
    assert len({salary.period for _, salary in paid}) == 4


def test_an_offer_that_takes_no_online_applications_says_how_to_apply() -> None:
    for each in some_offers():
        assert each.accepts_online_applications == (each.how_to_apply is None)
    assert 0.7 < share(each.accepts_online_applications for each in some_offers()) < 0.8


def test_addresses_and_telephone_numbers_are_reserved_for_examples() -> None:
    said = " ".join(f"{each.how_to_apply.fr} {each.how_to_apply.en}" for each in some_offers() if each.how_to_apply)
    assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@[\w-]+\.\w+", said))
    assert all(number.startswith("555-01") for number in re.findall(r"\d{3}-\d{4}", said))


def test_every_contract_and_every_education_comes_up() -> None:
    assert {each.contract_type for each in some_offers()} == set(ContractType)
    assert {each.education for each in some_candidacies()} == set(Education)


def test_alerts_ask_for_words_in_88_percent_and_for_the_rest_in_mixed_shares() -> None:
    criteria = [each.criteria for each in some_alerts()]
    assert 0.86 < share("text" in each for each in criteria) < 0.90
    for name, least, most in [
        ("occupations", 0.3, 0.45),
        ("regions", 0.4, 0.5),
        ("minimumSalary", 0.25, 0.35),
        ("contractTypes", 0.2, 0.3),
    ]:
        assert least < share(name in each for each in criteria) < most, name


def test_no_alert_matches_everything() -> None:
    assert all("text" in each.criteria or "occupations" in each.criteria for each in some_alerts())


def test_alerts_name_only_known_codes() -> None:
    for each in some_alerts():
        criteria = json.loads(json.dumps(each.criteria))
        assert all(map(occupation.is_known_prefix, criteria.get("occupations", [])))
        assert all(map(region.is_known, criteria.get("regions", [])))
        assert all(ContractType(kind) for kind in criteria.get("contractTypes", []))


def test_alerts_use_the_whole_syntax_of_words() -> None:
    words = [str(each.criteria.get("text", "")) for each in some_alerts()]
    for sign in ('"', " -", " OR ", "*"):
        assert any(sign in each for each in words)
