"""Candidacy searches: what a member of an employer has saved to hear of new candidacies. To all that tells of what is published,
alerts like any other."""

from sqlalchemy.orm import Mapped, mapped_column

from models.candidacy_criteria import CandidacyCriteria
from models.document import Kind
from models.job_alert import Alert
from models.stored_criteria import candidacy_criteria_from_json


class CandidacySearch(Alert):
    """Of candidacies, for a member of an employer."""

    unopened_only: Mapped[bool | None] = mapped_column(default=False)
    """Whether what the employer has opened is left out: no property of a candidacy, and so none of its criteria."""

    uncontacted_only: Mapped[bool | None] = mapped_column(default=False)
    """The same of whom the employer has sent a contact request."""

    __mapper_args__ = {"polymorphic_identity": Kind.CANDIDACY, "polymorphic_load": "inline"}

    def leaves_out(self, *, opened: bool, contacted: bool) -> bool:
        """A candidacy that the employer knows in those ways."""
        return bool(opened and self.unopened_only) or bool(contacted and self.uncontacted_only)

    @property
    def wanted(self) -> CandidacyCriteria:
        return candidacy_criteria_from_json(self.criteria)
