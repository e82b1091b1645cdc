"""What is refused of members of employers and of invitations. Not a test itself."""

from uuid import UUID

from schema.node import global_id
from tests.path.refused import Refused, invalid, not_eligible, refused
from tests.world import address


def _of(act: str, type: str, code: str, what: str) -> Refused:
    return refused(act, type, code, what).where(lambda world: {"memberId": world.ids.get(what, what)})


MEMBERS = [
    invalid("inviteMember", {"email": "NOT_AN_EMAIL", "name": "REQUIRED"}, email="nobody", name=" "),
    invalid("inviteMember", {"name": "UNFIT_CHARACTER"}, name="Max\r\nBcc: a@example.org"),
    invalid("inviteMember", {"name": "TOO_LONG"}, name="x" * 101),
    invalid("inviteMember", {"idempotencyKey": "TOO_LONG"}, idempotencyKey="x" * 101),
    refused("inviteMember", "Conflict", "ALREADY_A_MEMBER", email=" Colleague@Example.org"),
    refused("inviteMember", "Conflict", "ALREADY_A_MEMBER", "oneself", email=address("member")),
    *(
        not_eligible("inviteMember", code).by(role)
        for role, code in (("refused member", "EMPLOYER_REFUSED"), ("suspended member", "EMPLOYER_SUSPENDED"))
    ),
    *(
        not_eligible(act, "OWNERS_ONLY").by("colleague")
        for act in ("inviteMember", "cancelInvitation", "changeMemberRole", "removeMember")
    ),
    *(
        not_eligible("acceptInvitation", "LINK_INVALID", why, token=token)
        for why, token in (("not ours", "A" * 43), ("empty", ""), ("half of a character", "\ud800"), ("long", "x" * 100_000))
    ),
    *(invalid("acceptInvitation", {"password": "PASSWORD_LENGTH"}, password="x" * length) for length in (11, 201)),
    *(
        _of(act, "NotFound", "NOT_FOUND", what)
        for act in ("changeMemberRole", "removeMember")
        for what in ("", "nonsense", "\x00", "other member", "candidate", "invitation", global_id("EmployerMember", UUID(int=1)))
    ),
    _of("removeMember", "Conflict", "LAST_OWNER", "member"),
    refused("changeMemberRole", "Conflict", "LAST_OWNER").where(
        lambda world: {"memberId": world.ids["member"], "role": "MEMBER"}
    ),
    refused("leaveEmployer", "Conflict", "LAST_OWNER").by("member"),
    refused("leaveEmployer", "Conflict", "LAST_OWNER", "suspended").by("suspended member"),
    not_eligible("leaveEmployer", "NOT_FOR_THIS_ROLE").by("agent"),
]
"""Wrong inputs, members who are no owners, people who are no members, links that do not serve, and the last owner."""
