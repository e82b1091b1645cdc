"""Refusals as people at a terminal read them: in their language, each field at fault with its reason."""

import os
from collections.abc import Mapping

from errors import Invalid, Problem, Refused
from models.language import Language
from texts.catalogue import text


def operator_language(environ: Mapping[str, str] = os.environ) -> Language:
    """French where the locale of the terminal says so, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environ[name] for name in names if environ.get(name)), "")
    return Language.FR if locale.lower().startswith("fr") else Language.EN


def reason(refusal: Refused, language: Language) -> str:
    """One line, whatever was refused."""
    if isinstance(refusal, Invalid):
        return "; ".join(_problem(problem, language).rstrip(".") for problem in refusal.problems)
    return text(refusal.code, language, **refusal.facts)


def _problem(problem: Problem, language: Language) -> str:
    said = text(problem.code, language, **dict(problem.facts))
    return f"{'.'.join(problem.path)}: {said}" if problem.path else said
