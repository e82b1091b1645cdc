"""Tortures alerts for longer than a test has the time for, on each pair of database and search engine that there is, and prints
what went through. Not a test itself."""

import argparse
import os
import sys
from pathlib import Path

import pytest

from tests.processes.torture.plan import SETTING, Plan


def asked() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m tests.processes.torture", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300, help="on each pair")
    parser.add_argument("--kills", type=int, default=110, help="on each pair")
    parser.add_argument("--seed", type=int, default=1)
    entered = parser.parse_args()
    return Plan(entered.seconds, entered.kills, entered.seed)


if __name__ == "__main__":
    os.environ[SETTING] = asked().setting
    sys.exit(pytest.main([str(Path(__file__).parent), "-rsP", "-p", "no:cacheprovider"]))
