"""The letters about a file are written down as they are sent, every one of them, for a person to proof-read."""

import re
from inspect import getmembers, isfunction

from commands import notice_examples
from commands.notices import document
from models.notification import NotificationKind
from models.residence_case import Residence, ResidenceSource
from notifications import letters
from tests.commands.operator import Operator, Ran
from tests.source_tree import PROJECT
from texts.catalogue import CATALOGUES

COMMITTED = PROJECT / "docs" / "notices.md"
OF_ALERTS = {NotificationKind.JOB_OFFER_MATCHED, NotificationKind.CANDIDACY_MATCHED}
PREFIXES = ("mail.pending", "mail.accepted", "mail.refused", "mail.correction", "mail.return")


async def test_what_is_committed_is_what_is_printed(sqlite_operator: Operator) -> None:
    printed = await sqlite_operator.run("print-notices")
    assert (printed.code, printed.out) == (0, COMMITTED.read_text("utf-8"))
    assert await sqlite_operator.run("print-notices", "--check", str(COMMITTED)) == Ran(0, "", "")


async def test_a_difference_is_shown_and_ends_with_1(sqlite_operator: Operator) -> None:
    other = sqlite_operator.keeps(COMMITTED.read_text("utf-8").replace("Hello Amina,", "Hi,", 1))
    checked = await sqlite_operator.run("print-notices", "--check", str(other))
    assert checked.code == 1
    assert {"-Hi,", "+Hello Amina,"} <= set(checked.out.splitlines())


async def test_a_file_that_cannot_be_read_is_one_line_of_complaint(sqlite_operator: Operator) -> None:
    checked = await sqlite_operator.run("print-notices", "--check", "nowhere.md")
    assert (checked.code, checked.out) == (1, "")
    assert checked.err.startswith("placement: nowhere.md cannot be read: ")


def test_every_kind_of_notice_is_written_down() -> None:
    titles = [example.title for example in notice_examples.examples()]
    assert len(set(titles)) == len(titles)
    assert {kind for kind in NotificationKind if not any(each.startswith(f"{kind}:") for each in titles)} == OF_ALERTS
    for source in ResidenceSource:
        for residence in (Residence.QUEBEC, Residence.CANADA):
            assert f"RESIDENCE_NOTICE: {residence}, by {source}" in titles


def test_every_letter_that_tells_of_an_answer_is_written_down() -> None:
    written = re.findall(r"letters\.(\w+)", (PROJECT / "commands" / "notice_examples.py").read_text("utf-8"))
    of_a_file = {name for name, _ in getmembers(letters, isfunction) if re.match(r"registration_|correction_|return_", name)}
    assert of_a_file
    assert of_a_file - set(written) == set()


def test_every_sentence_that_a_notice_can_say_is_written_down() -> None:
    told = document()
    keys = [key for key in CATALOGUES["FR"] if re.match(r"mail\.(notice|ending|ended|residence|candidacy\.)", key)]
    keys += [key for key in CATALOGUES["FR"] if key.startswith(PREFIXES)]
    of_other_letters = {f"mail.residence.step.{each}" for each in ("OPENED", "NOTHING_PUBLISHED", "MOVED_ABROAD", "REOPENED")}
    unsaid = [
        key
        for key in keys
        for language in CATALOGUES
        if not all(part in told for part in re.split(r"\{\w+\}", CATALOGUES[language][key]))
    ]
    assert set(unsaid) - of_other_letters == set()
