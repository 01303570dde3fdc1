# SPDX-License-Identifier: Apache-2.0
"""What the commands share: exit codes, errors that name what is wrong, progress."""

import argparse
import sys

USAGE, BAD_DATA = 64, 65   # sysexits.h


class BadData(Exception):
    """An input that cannot be used; the message names file, place, value and expectation."""


class BadUsage(Exception):
    """A command line that cannot be followed."""


class Parser(argparse.ArgumentParser):
    """Ends with the code of wrong usage."""

    def error(self, message: str):
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def run(name: str, body) -> int:
    """Runs a command; gives its exit code. Errors that are expected become one line."""
    try:
        return body()
    except BadData as error:
        code, message = BAD_DATA, error
    except BadUsage as error:
        code, message = USAGE, error
    print(f"{name}: {message}", file=sys.stderr)
    return code


def progress(text: str) -> None:
    """Says how far things are, if somebody watches."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)
