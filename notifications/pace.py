"""So many a second and no more, whoever asks."""

import asyncio


class Pace:
    """Gives turns at even distances, from one event loop. What was not used before is not made up for in a burst."""

    def __init__(self, rate: float = 0) -> None:
        """`rate` turns a second; 0 is no limit."""
        self._distance = 1 / rate if rate else 0.0
        self._next = 0.0

    async def turn(self) -> None:
        """Returns when it is the caller's turn, in the order in which they asked."""
        if not self._distance:
            return
        now = asyncio.get_running_loop().time()
        mine = max(self._next, now)
        self._next = mine + self._distance
        await asyncio.sleep(mine - now)
