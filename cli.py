"""The command line: what `placement` understands, and how it answers when something is wrong. The work is in `commands`,
of which a command loads only what it needs."""

import argparse
import asyncio
import logging.config
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import config
from commands import values
from commands.failure import Failed
from commands.reasons import operator_language, reason
from config import Settings
from errors import Refused
from models.language import Language

Arguments = argparse.Namespace
Command = Callable[[Settings, Arguments], int | None]
FAILURE, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit code: 0 done, 1 failed, 2 not understood, 130 interrupted."""
    entered = _parser().parse_args(arguments)
    try:
        return _run(entered) or 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE


def _run(entered: Arguments) -> int | None:
    try:
        command: Command = entered.run
        return command(config.read(), entered)
    except config.Misconfigured as error:
        return _complain("placement: the settings cannot be served with", *str(error).splitlines())
    except Failed as error:
        return _complain(f"placement: {error}")
    except Refused as error:
        return _complain(f"placement: {reason(error, operator_language())}")


def _complain(title: str, *items: str) -> int:
    print(title, *(f"  - {item}" for item in items), sep="\n", file=sys.stderr)
    return FAILURE


def _serve(settings: Settings, entered: Arguments) -> int:
    from bootstrap import spare_the_collector
    from commands.database import require_ready
    from server import serve

    asyncio.run(require_ready(settings))
    spare_the_collector()
    try:
        return 0 if serve(settings) else FAILURE
    except KeyboardInterrupt:  # how it is told to stop
        return 0


def _worker(settings: Settings, entered: Arguments) -> None:
    from bootstrap import spare_the_collector
    from commands.working import work
    from transport.logs import LOGGING

    logging.config.dictConfig(LOGGING)
    spare_the_collector()
    asyncio.run(work(settings))


def _migrate(settings: Settings, entered: Arguments) -> int | None:
    from commands.migration import bring_up, check

    return asyncio.run(check(settings) if entered.check else bring_up(settings))


def _seed(settings: Settings, entered: Arguments) -> None:
    from commands.seeding import Volume, seed

    wanted = Volume(entered.candidacies, entered.offers, entered.alerts, entered.random_seed)
    asyncio.run(seed(settings, wanted))


def _import(settings: Settings, entered: Arguments) -> int:
    from commands.importing import import_file

    return asyncio.run(import_file(settings, entered.kind, entered.file, entered.owner))


def _import_codes(settings: Settings, entered: Arguments) -> int:
    from commands.import_codes import import_codes

    language = Language(entered.language.upper()) if entered.language else None
    return asyncio.run(import_codes(settings, entered.kind, entered.file, language))


def _reindex(settings: Settings, entered: Arguments) -> None:
    from bootstrap import spare_the_collector
    from commands.reindexing import reindex

    spare_the_collector()
    asyncio.run(reindex(settings, entered.kind, entered.alerts))


def _reencrypt(settings: Settings, entered: Arguments) -> int:
    from commands.reencrypting import reencrypt

    return asyncio.run(reencrypt(settings))


def _verify(settings: Settings, entered: Arguments) -> int:
    from commands.verifying import verify

    return asyncio.run(verify(settings, entered.wait, entered.repair))


def _reconcile(settings: Settings, entered: Arguments) -> int:
    from commands.reconciling import reconcile_alerts

    return asyncio.run(reconcile_alerts(settings, entered.since, entered.until, entered.wait))


def _print_schema(settings: Settings, entered: Arguments) -> int:
    from commands.committed import print_text
    from commands.contract import sdl

    return print_text(sdl(), entered.check)


def _print_notices(settings: Settings, entered: Arguments) -> int:
    from commands.committed import print_text
    from commands.notices import document

    return print_text(document(), entered.check)


def _print_applications(settings: Settings, entered: Arguments) -> int:
    from commands.applications import document
    from commands.committed import print_text

    return print_text(document(), entered.check)


def _create_agent(settings: Settings, entered: Arguments) -> None:
    from commands.agent import create

    asyncio.run(create(settings, entered.email, entered.name))


def _bounce(settings: Settings, entered: Arguments) -> int:
    from commands.bouncing import take_back

    return asyncio.run(take_back(settings, entered.address, entered.file, entered.complaint))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="placement", description="Online Placement: the service and its upkeep.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command, help: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help, description=help)
        command.set_defaults(run=run)
        return command

    add("serve", _serve, "Serve the API, with the worker inside unless PLACEMENT_EMBEDDED_WORKER is no.")
    add("worker", _worker, "Do what the outbox owes: index, match alerts, send mail.")
    migrate = add("migrate", _migrate, "Bring the database to the newest shape.")
    migrate.add_argument("--check", action="store_true", help="change nothing; exit 1 when models and migrations disagree")
    _describe_seed(add("seed", _seed, "Put in the demonstration accounts, candidacies and offers. Refused in production."))
    _describe_import(add("import", _import, "Take in job offers, candidacies, occupations or skills from a file."))
    reindex = add("reindex", _reindex, "Build the search index anew from the database. Searches go on meanwhile.")
    reindex.add_argument("kind", nargs="?", choices=KINDS, help="only these; both when left out")
    reindex.add_argument("--alerts", action="store_true", help="mend the anchors by which offers find job alerts instead")
    verify = add("verify", _verify, "Compare the search index with the database. Exits 0 only when they are equal.")
    verify.add_argument("--wait", type=values.seconds, default=0.0, metavar="SECONDS", help="how long to wait for the worker")
    verify.add_argument("--repair", action="store_true", help="write what differs, and compare again")
    reconcile = add("reconcile", _reconcile, "Compare who was told of offers with who should have been. Exits 0 only when equal.")
    reconcile.add_argument("--since", type=values.instant, required=True, metavar="TIME", help="offers announced since then")
    reconcile.add_argument("--until", type=values.instant, metavar="TIME", help="and before then; now when left out")
    reconcile.add_argument("--wait", type=values.seconds, default=0.0, metavar="SECONDS", help="how long to wait for the worker")
    add("reencrypt", _reencrypt, "Seal all certificate numbers with the newest key. Exits 0 when no older one is needed.")
    printing = (
        add("print-schema", _print_schema, "Print the schema of the API."),
        add("print-notices", _print_notices, "Print every letter about a file in both languages, to be proof-read."),
        add("print-applications", _print_applications, "Print what can become of an application, with a diagram."),
    )
    for each in printing:
        each.add_argument(
            "--check", type=Path, metavar="FILE", help="print what differs from it instead; exit 1 if anything does"
        )
    agent = add("create-agent", _create_agent, "Make an agent; asks for the password, or reads it from standard input.")
    agent.add_argument("email")
    agent.add_argument("--name", required=True)
    bounce = add("bounce", _bounce, "Send no alerts to an address any more: mail came back, or its reader complains.")
    bounce.add_argument("address", nargs="*", help="when none is given, a report is read from standard input")
    bounce.add_argument("--complaint", action="store_true", help="its reader complains; else mail came back")
    bounce.add_argument("--file", type=Path, help="lines of ADDRESS or <MESSAGE-ID>, and after it `bounce` or `complaint`")
    return parser


KINDS = ("candidacies", "job-offers")


def _describe_seed(command: argparse.ArgumentParser) -> None:
    for name, things in (("candidacies", "candidacies"), ("offers", "job offers"), ("alerts", "job alerts")):
        command.add_argument(f"--{name}", type=values.count, default=0, metavar="N", help=f"as many synthetic {things} besides")
    command.add_argument("--random-seed", type=int, default=1, metavar="S", help="the same seed makes the same ones (1)")


def _describe_import(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(required=True, dest="kind", metavar="KIND")
    for kind, owner in (("job-offers", "employer"), ("candidacies", "candidate")):
        each = kinds.add_parser(kind, help=f"{kind}; the form of a line is in docs/import.md")
        each.add_argument("file", type=Path, metavar="FILE")
        each.add_argument(
            f"--{owner}", dest="owner", metavar="EMAIL", help=f"whose they are, where a line does not say `{owner}`"
        )
    for kind, what in (("occupations", "occupations or their job titles"), ("skills", "skills")):
        each = kinds.add_parser(kind, help=f"{what}, a CSV table; its columns are in docs/import.md")
        each.set_defaults(run=_import_codes)
        each.add_argument("file", type=Path, metavar="FILE")
        each.add_argument("--language", choices=("fr", "en"), help="of a table with titles in one language")


if __name__ == "__main__":
    sys.exit(main())
