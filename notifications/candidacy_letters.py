"""What the mails of saved searches say of a candidacy: its number, title, occupations and regions, and never who it is."""

from dataclasses import dataclass

from models import occupation, region
from models.candidacy import Candidacy
from models.language import Language
from texts.catalogue import text


@dataclass(frozen=True)
class MatchedCandidacy:
    """A candidacy, and where it is listed."""

    row: Candidacy
    url: str
    texts = "mail.profile"

    def title(self, language: Language) -> str:
        return self.row.title.best(language)

    def headline(self, language: Language) -> dict[str, str]:
        return {"title": self.title(language), "number": self.row.number}

    def facts(self, language: Language) -> dict[str, str]:
        return {
            "title": self.title(language),
            "occupation": ", ".join(occupation.label(each, language) for each in self.row.occupations),
            "region": ", ".join(region.label(each, language) for each in self.row.regions)
            or text("mail.profile.anywhere", language),
            "number": self.row.number,
        }

    def lines(self, language: Language) -> list[str]:
        facts = self.facts(language)
        return [facts["number"], facts["occupation"], facts["region"]]
