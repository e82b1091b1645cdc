"""What people read of a match: a sentence for every criterion, in both languages."""

from random import Random

from models.language import Language
from models.match import MatchName, match
from models.profile import Education
from models.salary import SalaryPeriod
from schema.match import explanation
from tests.models.match_pairs import candidacy, offer
from texts.catalogue import CATALOGUES

PAIRS = 1_500


def test_every_criterion_is_explained_in_both_languages_and_every_sentence_is_said() -> None:
    random, said = Random(1), set()
    for number in range(PAIRS):
        offered, stated = offer(random), candidacy(random)
        if not number % 9:
            offered.ends_on = None
        for criterion in match(offered, stated).criteria:
            said.add(f"match.{criterion.name}.{criterion.reason}")
            sentences = {explanation(criterion, language) for language in Language}
            assert len(sentences) == 2
            assert all(each.endswith(".") and "{" not in each for each in sentences)
    assert said == {key for key in CATALOGUES["FR"] if key.startswith("match.") and key.count(".") == 2}


def test_labels_levels_days_and_pay_are_written_as_people_write_them() -> None:
    offered, stated = offer(Random(1)), candidacy(Random(1))
    offered.skills, stated.skills = ["python", "patient-care"], ["patient-care"]
    offered.languages, stated.languages = ["fr:ORAL_PRODUCTION:7"], ["fr:ORAL_PRODUCTION:5", "en:WRITTEN_COMPREHENSION:9"]
    offered.education, stated.education = Education.BACHELOR, Education.COLLEGE
    offered.salary_minimum, offered.salary_maximum, offered.salary_period = 50_000, 60_000, SalaryPeriod.YEAR
    stated.minimum_salary, stated.available_from, stated.regions = 61_000, None, []
    found = {each.name: each for each in match(offered, stated).criteria}
    english = {name: explanation(each, Language.EN) for name, each in found.items()}
    french = {name: explanation(each, Language.FR).replace("\N{NO-BREAK SPACE}", " ") for name, each in found.items()}
    assert english[MatchName.SKILLS] == "Skills asked for and stated: Patient care. Not stated: Python."
    assert french[MatchName.LANGUAGES] == (
        "Aucun des niveaux demandés n’est atteint : français (production orale, niveau 7). "
        "Déclarés : français (production orale, niveau 5), anglais (compréhension écrite, niveau 9)."
    )
    assert english[MatchName.EDUCATION] == "Education asked for: Bachelor's degree. Stated, one level below: College diploma."
    assert french[MatchName.SALARY].startswith("Le salaire, jusqu’à 60 000 $ par année, n’atteint pas")
    assert english[MatchName.AVAILABILITY] == "The candidacy does not say from when. The offer ends on April 15, 2026."
