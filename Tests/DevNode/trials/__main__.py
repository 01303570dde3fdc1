# SPDX-License-Identifier: Apache-2.0
"""Executes random histories and writes them to standard output, one JSON object a line (see `devnode/ledger.py`): first the chains
on which the oracle contracts were deployed, then each history, which begins with the state of one of their last blocks."""

import argparse
import json
import random
import sys

from devnode.chain import FEE_RECIPIENT, GWEI
from devnode.ledger import block_json, genesis_json
from devnode.world import HOUR

from . import worlds
from .actors import Actors
from .forks import CANCUN, FORKS, PRAGUE
from .trial import Trial

CHAIN_ID = 1337
# Of ten histories, how many are of which fork.
MIX = ["Prague", "Prague", "Cancun", "Prague", "Shanghai", "Prague", "London", "Prague", "Cancun", "Paris"]


def flags() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="trials", description=__doc__)
    parser.add_argument("--count", type=int, default=10, help="histories; default: %(default)s")
    parser.add_argument("--first", type=int, default=0, help="the number of the first, which is its seed; default: %(default)s")
    parser.add_argument("--fork", choices=list(FORKS), help="only of this fork; default: half are Prague's, the others from London on")
    return parser.parse_args()


def write(line: dict) -> None:
    """Writes one line."""
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")


def history(number: int, fork, chain, world) -> None:
    """One random history."""
    chance = random.Random(number)
    base = chain.head
    time = base.header.timestamp
    # Now and then nobody gets the fees, or somebody with code does.
    coinbase = chance.choice([FEE_RECIPIENT] * 8 + [bytes(20), world.at["MEGAPOKER"]])
    trial = Trial(fork, chain.db, base, CHAIN_ID, time, GWEI, worlds.GAS_LIMIT, coinbase, b"trial %d" % number)
    trial.line["genesis"]["seed"] = number
    write(trial.line)
    actors = Actors(chance, trial, world, chance.randrange(2, 7))
    for index in range(chance.randrange(3, 7)):
        time += chance.choice([12, 12, 24, HOUR - 12, HOUR, HOUR + 12, 3 * HOUR])
        base_fee = chance.choice([0, 1, 7, GWEI, GWEI, 30 * GWEI])
        actors.begin(base_fee)
        sent = actors.creations() if index == 0 else [actors.transaction() for _ in range(chance.randrange(2, 9))]
        write(trial.block(sent, time, base_fee))


def main() -> None:
    """Writes everything."""
    options = flags()
    numbers = range(options.first, options.first + options.count)
    chosen = {number: FORKS[options.fork or MIX[number % len(MIX)]] for number in numbers}
    built = {}
    # The contracts as they are checked in need Cancun's instructions.
    for name, evm_version in (("new", None), ("old", "london")):
        if not any((fork < CANCUN) == (name == "old") for fork in chosen.values()):
            continue
        if evm_version:
            worlds.compile_for(evm_version)
        chain, world = built[name] = worlds.build(CHAIN_ID)
        write(genesis_json(chain, PRAGUE.name))
        for block in chain.canonical[1:]:
            write(block_json(block))
    for number, fork in chosen.items():
        history(number, fork, *built["old" if fork < CANCUN else "new"])
    sys.stdout.flush()


if __name__ == "__main__":
    main()
