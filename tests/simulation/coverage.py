"""What a simulation of the usual size has to have met, so that it cannot come to say less and less unnoticed."""

from collections import Counter
from collections.abc import Mapping

LEAST: Mapping[str, int] = {
    "days": 1095,
    "days on which the clocks change": 6,
    "days that are 29 February": 1,
    "files compared with the oracle": 350_000,
    "searches compared with the oracle": 300,
    "acts: register": 500,
    "acts: publish": 1500,
    "acts: withdraw": 300,
    "acts: correct": 250,
    "acts: declare": 250,
    "acts: report": 80,
    "acts: reopen": 80,
    "publications on the last day": 15,
    "publications in the last week": 20,
    "publications of a certificate issued on 29 February": 30,
    "notices: PUBLICATION_ENDING": 500,
    "notices: PUBLICATION_ENDING late, as ended": 1,
    "notices: PUBLICATION_ENDED": 300,
    "notices: RESIDENCE_NOTICE": 80,
    "notices: RESIDENCE_SETTLED": 80,
    "notices: FILE_DEACTIVATED": 30,
    "notices: RETURN_RECORDED": 30,
    "notices: FILE_REOPENED": 30,
    "notices that our own outages made late": 50,
    "notices to withdraw that gave their time anew": 5,
    "mails sent again after a cut": 5,
    "outages: worker": 34,
    "outages: worker, of a week and more": 3,
    "outages: registry": 14,
    "outages: mail": 6,
    "cuts of the worker": 200,
    "cuts after which the worker stays away": 20,
    "late answers: REGISTRATION ACCEPTED": 30,
    "late answers: REGISTRATION NOT_RECOGNISED": 1,
    "late answers: CORRECTION ACCEPTED": 5,
    "late answers: RETURN ACCEPTED": 3,
    "refusals: ACCOUNT_DEACTIVATED": 10,
    "refusals: ALREADY_PUBLISHED": 20,
    "refusals: CERTIFICATE_EXPIRED": 20,
    "refusals: CORRECTION_NOT_RECOGNISED": 1,
    "refusals: NOT_PUBLISHED": 20,
    "refusals: REGISTRATION_PENDING": 1,
    "refusals: RESIDENCE_FOUND_BY_AGENT": 5,
    "refusals: RESIDES_IN_CANADA": 20,
    "refusals: RESIDES_IN_QUEBEC": 20,
}


LEAST_OF_A_TEST: Mapping[str, int] = {
    "days": 400,
    "days on which the clocks change": 2,
    "files compared with the oracle": 20_000,
    "searches compared with the oracle": 50,
    "acts: register": 70,
    "acts: publish": 60,
    "acts: withdraw": 12,
    "acts: correct": 12,
    "acts: declare": 14,
    "acts: report": 4,
    "acts: reopen": 4,
    "notices: PUBLICATION_ENDING": 12,
    "notices: PUBLICATION_ENDED": 6,
    "notices: RESIDENCE_NOTICE": 3,
    "notices: RESIDENCE_SETTLED": 8,
    "notices: FILE_DEACTIVATED": 1,
    "notices: RETURN_RECORDED": 1,
    "notices: FILE_REOPENED": 1,
    "notices that our own outages made late": 4,
    "mails sent again after a cut": 4,
    "outages: worker": 34,
    "outages: worker, of a week and more": 3,
    "outages: registry": 14,
    "outages: mail": 6,
    "cuts of the worker": 12,
    "late answers: REGISTRATION ACCEPTED": 3,
    "refusals: ALREADY_PUBLISHED": 5,
    "refusals: NOT_PUBLISHED": 5,
    "refusals: RESIDES_IN_CANADA": 3,
    "refusals: RESIDES_IN_QUEBEC": 3,
}
"""The same for the smaller one that there is time for among the tests."""


def wanting(counts: Counter[str], least_of: Mapping[str, int] = LEAST) -> dict[str, tuple[int, int]]:
    """What was met less often than it has to be: how often, and how often at least."""
    return {what: (counts[what], least) for what, least in least_of.items() if counts[what] < least}


def told(counts: Counter[str]) -> str:
    return "\n".join(f"{counts[what]:>9,}  {what}" for what in sorted(counts))
