"""Reads an API that was written down as SDL, mutations in its comments, and tells where another API departs from it or
lacks something of it. Judges neither: what may be lacking is for the test to say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

FIELDED = (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, InputObjectTypeDefinitionNode)
MUTATION = re.compile(r"\b([a-z]\w*)(?:\(([^()]*)\)(?::\s*(\w+))?|:\s*(\w+))(?![)\w])")


@dataclass(frozen=True)
class Act:
    """A mutation as the comments name it: the fields of its input, and what it gives when it is done."""

    name: str
    fields: tuple[str, ...]
    success: str


Types = dict[str, TypeDefinitionNode]


def types_of(sdl: str) -> Types:
    document: DocumentNode = parse(sdl)
    return {each.name.value: each for each in document.definitions if isinstance(each, TypeDefinitionNode)}


def acts_of(sdl: str) -> list[Act]:
    """The mutations in the comments after the line that says what `mutation(fields of its input)` stands for. One without
    a success type of its own has that of the next."""
    _, _, rest = sdl.partition("mutation(fields of its input): success type.\n")
    comments = " ".join(line[1:] for line in _leading_comments(rest))
    acts: list[Act] = []
    success = ""
    for name, fields, after_input, alone in reversed(MUTATION.findall(comments)):
        success = after_input or alone or success
        acts.append(Act(name, tuple(each.split()[0] for each in fields.split(",") if each.strip(" …")), success))
    return acts[::-1]


def _leading_comments(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line


def departures(ours: Types, theirs: Types) -> list[str]:
    """What both declare and declare otherwise."""
    common = [name for name in theirs if name in ours]
    return [difference for name in common for difference in _differences(name, ours[name], theirs[name])]


def lacking(ours: Types, theirs: Types) -> set[str]:
    """What they declare and we do not: types, and fields, arguments, values and members of what we have."""
    missing = set(theirs) - set(ours)
    for name in set(theirs) & set(ours):
        missing |= {f"{name}.{part}" for part in _parts(theirs[name]) - _parts(ours[name])}
    return {each for each in missing if each.partition("(")[0] == each or each.partition("(")[0] not in missing}


def _parts(node: TypeDefinitionNode) -> set[str]:
    if isinstance(node, EnumTypeDefinitionNode):
        return {each.name.value for each in node.values or ()}
    if isinstance(node, UnionTypeDefinitionNode):
        return {each.name.value for each in node.types or ()}
    fields = node.fields or () if isinstance(node, FIELDED) else ()
    arguments = {f"{each.name.value}({argument.name.value})" for each in fields for argument in _arguments(each)}
    return {each.name.value for each in fields} | arguments


def _arguments(field: FieldDefinitionNode | InputValueDefinitionNode) -> tuple[InputValueDefinitionNode, ...]:
    return tuple(field.arguments or ()) if isinstance(field, FieldDefinitionNode) else ()


def _differences(name: str, ours: TypeDefinitionNode, theirs: TypeDefinitionNode) -> Iterator[str]:
    if ours.kind != theirs.kind:
        yield f"{name} is a {ours.kind}, not a {theirs.kind}"
    elif isinstance(ours, FIELDED) and isinstance(theirs, FIELDED):
        yield from _other_interfaces(name, ours, theirs)
        yield from _other_fields(name, ours, theirs)
    elif isinstance(ours, EnumTypeDefinitionNode | UnionTypeDefinitionNode):
        yield from (f"{name}.{part} is in no contract" for part in sorted(_parts(ours) - _parts(theirs)))


def _other_interfaces(name: str, ours: TypeDefinitionNode, theirs: TypeDefinitionNode) -> Iterator[str]:
    def interfaces(node: TypeDefinitionNode) -> set[str]:
        return {each.name.value for each in getattr(node, "interfaces", None) or ()}

    yield from (f"{name} does not implement {each}" for each in sorted(interfaces(theirs) - interfaces(ours)))


def _other_fields(name: str, ours: TypeDefinitionNode, theirs: TypeDefinitionNode) -> Iterator[str]:
    promised = {each.name.value: each for each in getattr(theirs, "fields", None) or ()}
    for field in getattr(ours, "fields", None) or ():
        known = promised.get(field.name.value)
        if known is None:
            yield from _demanded(name, field)
            continue
        yield from _other_value(f"{name}.{field.name.value}", field, known)
        yield from _other_arguments(f"{name}.{field.name.value}", field, known)


def _other_arguments(name: str, ours: FieldDefinitionNode, theirs: FieldDefinitionNode) -> Iterator[str]:
    promised = {each.name.value: each for each in _arguments(theirs)}
    for argument in _arguments(ours):
        if argument.name.value in promised:
            yield from _other_value(f"{name}({argument.name.value})", argument, promised[argument.name.value])
        else:
            yield from _demanded(name, argument)


def _demanded(name: str, added: FieldDefinitionNode | InputValueDefinitionNode) -> Iterator[str]:
    """What is added may be left out by clients that do not know of it."""
    if isinstance(added, InputValueDefinitionNode) and added.default_value is None and print_ast(added.type).endswith("!"):
        yield f"{name}.{added.name.value} is demanded of clients that cannot know of it"


Value = FieldDefinitionNode | InputValueDefinitionNode


def _other_value(name: str, ours: Value, theirs: Value) -> Iterator[str]:
    if _shape(ours) != _shape(theirs):
        yield f"{name}: {_shape(ours)}, not {_shape(theirs)}"


def _shape(value: Value) -> str:
    """Its type and its default. A default of null says what leaving out a nullable value says already."""
    default = getattr(value, "default_value", None)
    shown = "" if default is None or print_ast(default) == "null" else f" = {print_ast(default)}"
    return print_ast(value.type) + shown


def success_of(union: TypeDefinitionNode) -> str:
    """The first member of a result."""
    members = (union.types if isinstance(union, UnionTypeDefinitionNode) else None) or ()
    return members[0].name.value
