"""A mail server that refuses, puts off and hangs up at random. Not a test itself."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.processes.mailbox import Mailbox

TROUBLES = {
    "put off at the address": "450 4.2.1 later",
    "refused at the address": "550 5.1.1 nobody of that name",
    "hung up at the address": "",
    "put off at the message": "451 4.3.0 later",
    "refused at the message": "554 5.6.0 not this",
    "hung up before the message was taken": "",
    "hung up after the message was taken": "",
}
WEIGHTS = (2, 1, 2, 2, 2, 2, 2)
"""An address that is refused hears of nothing until its owner sees to that."""
TAKEN = "hung up after the message was taken"


@dataclass
class Unreliable(Mailbox):
    """`trouble` is the share of conversations that come to grief. Counts them."""

    trouble: float = 0.0
    troubles: Counter[str] = field(default_factory=Counter)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.coming = self._trouble() if self._random.random() < self.trouble else None
        if envelope.coming and envelope.coming.endswith("address"):
            return self._fail(server, envelope.coming)
        envelope.rcpt_tos.append(address)
        return "250 go on"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if envelope.coming is None:
            return await super().handle_DATA(server, session, envelope)
        if envelope.coming == TAKEN:
            self.keep(envelope.content)
        return self._fail(server, envelope.coming)

    def _trouble(self) -> str:
        [kind] = self._random.choices(list(TROUBLES), WEIGHTS)
        return kind

    def _fail(self, server: Any, how: str) -> str:
        self.troubles[how] += 1
        if not TROUBLES[how]:
            server.transport.abort()
        return TROUBLES[how] or "421 4.3.2 nobody hears this"
