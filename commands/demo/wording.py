"""The little grammar that the phrases need: years, elision, articles, masculine and feminine. Knows no trade."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from models.language import Language, LocalizedText

Facts = Mapping[str, str]

_GENDERED = re.compile(r"\[([^|\]]*)\|([^|\]]*)\]")
_FRENCH_NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_ENGLISH_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Phrase:
    """A text with the same meaning for a woman and a man in French, and in English."""

    feminine: str
    masculine: str
    english: str

    @classmethod
    def of(cls, french: str, english: str) -> "Phrase":
        """French may hold `[prête|prêt]`: the feminine and the masculine of what differs."""
        return cls(_GENDERED.sub(r"\1", french), _GENDERED.sub(r"\2", french), english)

    def within(self, language: Language, woman: bool = True) -> str:
        if language is Language.EN:
            return self.english
        return self.feminine if woman else self.masculine


def written(phrases: Iterable[Phrase], facts: Facts, language: Language, woman: bool = True) -> str:
    """The phrases one after the other, with the facts in their places."""
    return " ".join([phrase.within(language, woman) for phrase in phrases]).format_map(facts)


def localized(languages: Iterable[Language], write: Callable[[Language], str]) -> LocalizedText:
    """The text that `write` makes in each of the languages."""
    return LocalizedText(**{each.lower(): write(each) for each in languages})


def years(count: int, language: Language) -> str:
    """In letters below ten, as both languages do in running text."""
    french = language is Language.FR
    unit = ("an" if french else "year") + ("" if count == 1 else "s")
    numbers = _FRENCH_NUMBERS if french else _ENGLISH_NUMBERS
    return f"{numbers[count] if count < len(numbers) else count} {unit}"


def hours(count: float, language: Language) -> str:
    figure = f"{count:g}"
    return figure.replace(".", ",") if language is Language.FR else figure


def elided(words: str) -> str:
    """`de` before French words, elided before a vowel. The only aspirated h that we meet is that of eight."""
    return f"d’{words}" if words[0] in "aeiouyéèêh" and not words.startswith("huit") else f"de {words}"


def a_title(title: str) -> str:
    """An English title with its article."""
    vowel = title[0].lower() in "aeio" or title.startswith("under")
    return f"{'an' if vowel else 'a'} {title}"


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def slug(name: str) -> str:
    """A name in plain letters, figures and hyphens."""
    plain = normalize("NFKD", name.lower().replace("œ", "oe").replace("’", "-")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
