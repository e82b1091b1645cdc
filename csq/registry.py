"""What the service asks of the ministry's registry, and the stand-in that answers like a payment provider's test cards."""

from typing import Protocol

from models.certificate import Certificate, Verdict


class Registry(Protocol):
    async def validate(self, certificate: Certificate, attempt: int) -> Verdict:
        """What the registry says of the certificate. Never raises: whatever is not a verdict is NO_ANSWER.
        `attempt` counts the earlier questions for the same registration."""


SANDBOX = {
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


class SandboxRegistry:
    """Answers by what the file number begins with; anything unknown is not recognised. Refused in production."""

    async def validate(self, certificate: Certificate, attempt: int) -> Verdict:
        if certificate.file_number.startswith("LATER"):
            return Verdict.RECOGNISED if attempt >= LATE_ANSWER else Verdict.NO_ANSWER
        return next(
            (verdict for prefix, verdict in SANDBOX.items() if certificate.file_number.startswith(prefix)),
            Verdict.NOT_RECOGNISED,
        )


def open_registry(url: str) -> Registry:
    """The registry behind a `PLACEMENT_REGISTRY_URL`."""
    if url == "sandbox:":
        return SandboxRegistry()
    raise ValueError(f"no registry is known for {url!r}: only sandbox: can be served yet")
