"""Typing help in the API."""

from typing import Annotated

import strawberry

from resolvers import suggestion as resolvers
from resolvers.suggestion import Typing
from schema.codes import Occupation, Skill
from schema.fields import Info, argument, query

Text = Annotated[str, argument("What was typed so far, at most 200 characters.")]
First = Annotated[int | None, argument("How many at most, 1 to 50; 10 when left out.")]
USUAL = 10


def _typing(text: str, first: int | None) -> Typing:
    return Typing(text, USUAL if first is None else first)


@strawberry.type
class SuggestionQuery:
    @query
    async def suggest_occupations(self, info: Info, text: Text, first: First = USUAL) -> list[Occupation]:
        """Occupations whose label or one of whose job titles, in either language, has all the words typed, the last one as the
        beginning of a word; where there is none, those that share the rarest words. Equal answers come first, then what
        begins so; then those that more open offers name."""
        codes = await resolvers.occupations(info.context, _typing(text, first))
        return [Occupation.of(code, info.context.language) for code in codes]

    @query
    async def suggest_skills(self, info: Info, text: Text, first: First = USUAL) -> list[Skill]:
        """Skills, found and ordered as occupations are."""
        codes = await resolvers.skills(info.context, _typing(text, first))
        return [Skill.of(code, info.context.language) for code in codes]
