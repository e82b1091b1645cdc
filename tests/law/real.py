"""Real postings and profiles as rows, and what people might type to find them: words and phrases that stand in them. They lie
beside the project, or nowhere."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

from models import occupation
from models.candidacy_criteria import CandidacyCriteria
from models.job_offer_criteria import JobOfferCriteria
from models.text import words
from tests.law.generated import Fields
from tests.path.test_real_postings import DATA, SOFTWARE, postings

Criteria = TypeVar("Criteria", JobOfferCriteria, CandidacyCriteria)
LONGEST = 10_000


def profiles() -> list[dict[str, Any]]:
    path = Path(DATA) / "profiles_resumes_en.jsonl"
    if not path.is_file():
        pytest.skip(f"there are no real profiles at {path}")
    return [json.loads(line) for line in path.read_text().splitlines()]


def offers(random: Random, made_up: Callable[[Random], Fields]) -> list[Fields]:
    """The postings, with everything but their texts and occupations made up."""
    return [{**made_up(random), **_written(each)} for each in postings()]


def _written(posting: dict[str, Any]) -> Fields:
    language, code = posting["lang"], str(posting.get("noc2021", SOFTWARE))
    other = "en" if language == "fr" else "fr"
    texts = {f"title_{language}": posting["title"][:150], f"description_{language}": posting["description"][:LONGEST]}
    silent = {f"title_{other}": None, f"description_{other}": None}
    return {**texts, **silent, "occupation": code if occupation.is_known(code) else SOFTWARE}


def candidacies(random: Random, made_up: Callable[[Random], Fields]) -> list[Fields]:
    """The profiles, with everything but their texts made up."""
    silent: Fields = {"title_fr": None, "summary_fr": None}
    written = [{"title_en": each["category"], "experience_en": each["text"][:LONGEST]} for each in profiles()]
    return [{**made_up(random), **silent, **each} for each in written]


def asking(random: Random, criteria: Criteria, texts: Sequence[str]) -> Criteria:
    """Those criteria, as a rule with a text that some of the texts may answer."""
    typed = [_typed(random, random.choice(texts)) for _ in range(random.choice((1, 1, 2)))]
    return replace(criteria, text=" ".join(typed) if random.random() < 0.8 else None)


def _typed(random: Random, text: str) -> str:
    """Words that follow one another, as they are, as a phrase, as a prefix, or one or the other of them."""
    written = text.split()
    start = random.randrange(len(written))
    first, *others = ["".join(each.split('"')).lstrip("-") for each in written[start : start + random.randint(1, 3)]]
    found = words(first)
    prefix = f"{found[0][:5]}*" if found and len(found[0]) > 2 else first
    return random.choice((first, prefix, f'"{" ".join((first, *others))}"', " OR ".join((first, *others[:1])), first.upper()))
