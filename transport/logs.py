"""How the process logs: one line an event on standard error, with the time in UTC."""

import logging
from datetime import UTC, datetime
from typing import Any


class UTCFormatter(logging.Formatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": f"{__name__}.{UTCFormatter.__name__}",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["standard_error"]},
    "loggers": {"placement": {"level": "INFO"}, "uvicorn": {"level": "WARNING"}},
}
"""Uvicorn's own news is left out: what it would say of requests holds addresses and paths."""
