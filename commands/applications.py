"""What can become of an application, as a page for people, made from the table of its steps."""

from collections.abc import Iterator
from itertools import groupby

from models.application import A_DAY, LONGEST_TEXT, REMINDED_AFTER, ApplicationStatus
from models.application_transition import TRANSITIONS, Side, Transition, allowed

HEAD = f"""# Applications

A candidate applies to an open offer with a candidacy, published or not. What is sent is the candidacy as it is then, kept as it
was (`models/snapshot.py`), a letter of at most {LONGEST_TEXT:,} characters, and who the candidate is.
The employer reads the contact data as they are now, until it declines, the candidate withdraws, or the application is closed.
A person sends {A_DAY} a day at most, and one stands for each candidacy and offer.
After {REMINDED_AFTER.days} days without a step the employer is reminded, and the candidate reads since when nothing has moved.

Every step goes through one table, `models/application_transition.py`, of which this page is written by `placement
print-applications`: change the table, and not the page. What comes with a step is in `models/application_step.py`, the ends that
nobody asks for in `models/application_end.py`, why it is so in [ADR 20](adr/0020-applications.md).
"""
WHO = {Side.CANDIDATE: "candidate", Side.EMPLOYER: "employer", Side.SERVICE: "service"}


def document() -> str:
    return "\n".join([HEAD, *_diagram(), "", *_table(), ""])


def _diagram() -> Iterator[str]:
    """An arrow for each pair of states, with everybody who can take it."""
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {ApplicationStatus.SUBMITTED}: candidate")
    yield from (f"    {source} --> {target}: {_sides(each)}" for (source, target), each in groupby(_in_order(), key=_ends))
    yield from (f"    {each} --> [*]" for each in ApplicationStatus if not any(allowed(each, side) for side in Side))
    yield "```"


def _in_order() -> list[Transition]:
    states = list(ApplicationStatus)
    return sorted(
        TRANSITIONS, key=lambda each: (states.index(each.source), states.index(each.target), list(Side).index(each.side))
    )


def _ends(each: Transition) -> tuple[ApplicationStatus, ApplicationStatus]:
    return each.source, each.target


def _sides(transitions: Iterator[Transition]) -> str:
    return ", ".join(f"{WHO[each.side]} with a reason" if each.reason else WHO[each.side] for each in transitions)


def _table() -> Iterator[str]:
    yield from ("| state | " + " | ".join(f"the {who} can make it" for who in WHO.values()) + " |", "|---" * (len(WHO) + 1) + "|")
    for status in ApplicationStatus:
        yield f"| {status} | " + " | ".join(", ".join(allowed(status, side)) or "-" for side in WHO) + " |"
