"""The stand-in for the ministry's registry, which answers like a payment provider's test cards."""

from csq.registry import Answer
from models.certificate import Certificate, Verdict

ANSWERS = {
    "NOLETTER": Verdict.NO_INVITATION_LETTER,
    "OK": Verdict.RECOGNISED,
    "NO": Verdict.NOT_RECOGNISED,
    "QC": Verdict.RESIDES_IN_QUEBEC,
    "CA": Verdict.RESIDES_IN_CANADA,
    "WAIT": Verdict.NO_ANSWER,
}
"""What a file number begins with, and the answer it gets; the first that fits."""
LATE_ANSWER = 2
"""`LATER` gets no answer as many times, then it is recognised."""
SILENT = Answer(Verdict.NO_ANSWER, "SANDBOX_SILENT")


class SandboxRegistry:
    """Answers by what the file number begins with; anything unknown is not recognised. Refused in production. While it is
    `away` it answers nothing, so that an outage can be rehearsed."""

    away = False

    async def validate(self, certificate: Certificate, attempt: int) -> Answer:
        late = certificate.file_number.startswith("LATER")
        if self.away or (late and attempt < LATE_ANSWER):
            return SILENT
        verdict = Verdict.RECOGNISED if late else _verdict(certificate.file_number)
        return SILENT if verdict is Verdict.NO_ANSWER else Answer(verdict)

    async def close(self) -> None:
        """Holds nothing open."""


def _verdict(file_number: str) -> Verdict:
    return next((verdict for prefix, verdict in ANSWERS.items() if file_number.startswith(prefix)), Verdict.NOT_RECOGNISED)
