"""What the database is asked. Not a test itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.service import Service


@contextmanager
def statements(service: Service) -> Iterator[list[str]]:
    """What it is asked meanwhile, but for the look at the lists of codes that every process takes now and then, and the beginning
    of its transaction."""
    asked: list[str] = []
    begun: dict[int, str] = {}

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("BEGIN"):
            begun[id(connection)] = statement
            return
        began = begun.pop(id(connection), None)
        if "code_list_version" not in statement and "code_entry" not in statement:
            asked.extend([statement] if began is None else [began, statement])

    with heard(service, note):
        yield asked


@contextmanager
def heard(service: Service, listener: Callable[..., None]) -> Iterator[None]:
    """The listener is called before each statement (SQLAlchemy's `before_cursor_execute`)."""
    engine = service.resources.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", listener)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", listener)
