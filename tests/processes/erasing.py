"""A process that erases somebody and kills itself, as a power cut would, before a statement that changes something.
`python -m tests.processes.erasing DATABASE_URL FOLDER EMAIL STATEMENT`; 0 lets it live. Not a test itself."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from tests.conftest import Clock
from tests.service import EMBEDDED, PASSWORD, open_service


async def erase(url: str, folder: Path, email: str, statement: int) -> None:
    async with open_service(url, EMBEDDED, folder, Clock()) as service:
        token, left = await service.sign_in(email), statement

        def count(connection: Any, cursor: Any, text: str, *rest: Any) -> None:
            nonlocal left
            left -= text.lstrip().startswith(("DELETE", "INSERT", "UPDATE"))
            if left == 0 < statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(service.resources.database.engine.sync_engine, "before_cursor_execute", count)
        erased = await service.act("eraseMyAccount", "... on AccountErased { at }", token, password=PASSWORD)
        assert erased["__typename"] == "AccountErased", erased


if __name__ == "__main__":
    asyncio.run(erase(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
