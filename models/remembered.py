"""A bounded memory of what a pure function answered. It forgets what was not asked for of late, never answers wrongly."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Remembered(dict[str, Answer], Generic[Answer]):
    """`memory[question]` computes once and is safe between threads: a hit is one look-up without a lock.

    Holds at most twice `size` answers: when one generation is full it becomes the older one, which is dropped next time
    except for what was asked again. Questions longer than `longest` are answered and not kept.
    """

    def __init__(self, compute: Callable[[str], Answer], size: int = 32_768, longest: int = 80) -> None:
        super().__init__()
        self._compute = compute
        self._size = size
        self._longest = longest
        self._older: dict[str, Answer] = {}
        self._lock = Lock()

    def __missing__(self, question: str) -> Answer:
        if len(question) > self._longest:
            return self._compute(question)
        with self._lock:
            answer = self._older[question] if question in self._older else self._compute(question)
            if len(self) >= self._size:
                self._older = self.copy()
                self.clear()
            self[question] = answer
        return answer
