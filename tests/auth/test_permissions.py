"""The permission table and the schema, held against each other: no field without a rule, no rule without a field, and no
field that fewer may read than know the object without a guard."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import pytest
import strawberry
from graphql import GraphQLObjectType, GraphQLSchema
from strawberry.types.base import StrawberryObjectDefinition

from auth import permissions
from auth.permissions import AGENT, ANYONE, OWNER, Relation, Who
from schema.fields import GUARDED, Info, guarded
from schema.schema import schema

Rules = Mapping[str, Mapping[str, Who]]


@dataclass(frozen=True)
class Table:
    operations: Rules
    objects: Rules
    parts: Collection[str]
    answers: Collection[str]

    def rules(self) -> Rules:
        return {**self.operations, **self.objects}


TABLE = Table(permissions.OPERATIONS, permissions.OBJECTS, permissions.PARTS, permissions.ANSWERS)


def fields_of(of: strawberry.Schema) -> dict[str, set[str]]:
    """The fields of every object type."""
    raw: GraphQLSchema = of._schema
    types = {name: each for name, each in raw.type_map.items() if isinstance(each, GraphQLObjectType)}
    return {name: set(each.fields) for name, each in types.items() if not name.startswith("__")}


def without_a_rule(of: strawberry.Schema, table: Table) -> list[str]:
    """Whole types are covered by being a part or an answer; of others, every field has a rule that names somebody."""
    whole = {*table.parts, *table.answers}
    found = {name: fields for name, fields in fields_of(of).items() if name not in whole}
    return sorted(f"{name}.{field}" for name in found for field in found[name] if not table.rules().get(name, {}).get(field))


def without_a_field(of: strawberry.Schema, table: Table) -> list[str]:
    found = fields_of(of)
    types = [name for name in (*table.parts, *table.answers) if name not in found]
    rules = [f"{name}.{field}" for name, rules in table.rules().items() for field in set(rules) - found.get(name, set())]
    return sorted([*types, *rules])


def covered_twice(table: Table) -> list[str]:
    """Types in more than one part of the table: what holds for them would depend on who looks."""
    names = [*table.rules(), *table.parts, *table.answers]
    return sorted({name for name in names if names.count(name) > 1})


def narrower(rule: Who, known: Who) -> bool:
    """Whether somebody who may know the object may not read the field."""
    return Relation.ANYONE not in rule and not known <= rule


def guards_of(of: strawberry.Schema, name: str) -> dict[str, str]:
    """The fields of a type that are guarded, and the type whose rule guards each."""
    definition = of.get_type_by_name(name)
    assert isinstance(definition, StrawberryObjectDefinition), name
    fields = {field.graphql_name or field.python_name: field.metadata for field in definition.fields}
    return {field: metadata[GUARDED] for field, metadata in fields.items() if GUARDED in metadata}


def unguarded(of: strawberry.Schema, table: Table) -> Iterator[str]:
    for name, rules in table.objects.items():
        guards = guards_of(of, name)
        closed = {field for field, rule in rules.items() if narrower(rule, rules["id"])}
        yield from (f"{name}.{field}" for field in sorted(closed) if guards.get(field) != name)


def test_every_field_of_the_schema_has_a_rule() -> None:
    assert without_a_rule(schema, TABLE) == []


def test_every_rule_has_a_field() -> None:
    assert without_a_field(schema, TABLE) == []


def test_no_type_is_ruled_in_two_ways() -> None:
    assert covered_twice(TABLE) == []


def test_what_fewer_may_read_than_know_the_object_is_guarded() -> None:
    assert list(unguarded(schema, TABLE)) == []


def test_every_guard_is_of_the_type_it_stands_in() -> None:
    guards = {name: set(guards_of(schema, name).values()) for name in TABLE.objects}
    assert {name: named for name, named in guards.items() if not named <= {name}} == {}
    assert sum(map(len, guards.values())) >= 3


@strawberry.type
class Thing:
    id: strawberry.ID
    open: str
    forgotten: str
    closed: str

    @guarded("Thing")
    def shut(self, info: Info) -> str | None:
        """Shut."""
        return None


@strawberry.type
class Part:
    size: int


@strawberry.type
class Query:
    thing: Thing | None
    part: Part | None


SMALL = strawberry.Schema(Query)
WHOLE = Table(
    operations={"Query": {"thing": ANYONE, "part": ANYONE}},
    objects={"Thing": {"id": OWNER | AGENT, "open": ANYONE, "forgotten": OWNER | AGENT, "closed": OWNER, "shut": OWNER}},
    parts={"Part"},
    answers=(),
)


def without(table: Table, name: str, field: str) -> Table:
    rules = {
        each: {key: who for key, who in table.objects[each].items() if (each, key) != (name, field)} for each in table.objects
    }
    return Table(table.operations, rules, table.parts, table.answers)


Finder = Callable[[strawberry.Schema, Table], list[str]]


@pytest.mark.parametrize(
    ("find", "table", "found"),
    [
        (without_a_rule, WHOLE, []),
        (without_a_rule, without(WHOLE, "Thing", "forgotten"), ["Thing.forgotten"]),
        (without_a_rule, Table(WHOLE.operations, WHOLE.objects, (), ()), ["Part.size"]),
        (without_a_rule, Table({"Query": {"thing": ANYONE, "part": frozenset()}}, WHOLE.objects, {"Part"}, ()), ["Query.part"]),
        (without_a_field, WHOLE, []),
        (without_a_field, Table(WHOLE.operations, {"Thing": {"gone": ANYONE}}, {"Part"}, {"Gone"}), ["Gone", "Thing.gone"]),
    ],
)
def test_what_the_table_lacks_or_has_too_much_is_found(find: Finder, table: Table, found: list[str]) -> None:
    assert find(SMALL, table) == found


def test_what_is_closed_without_a_guard_is_found() -> None:
    assert list(unguarded(SMALL, WHOLE)) == ["Thing.closed"]


def test_a_type_ruled_twice_is_found() -> None:
    assert covered_twice(Table(WHOLE.operations, WHOLE.objects, {"Part", "Thing"}, {"Part"})) == ["Part", "Thing"]
