# SPDX-License-Identifier: Apache-2.0
"""Starts the node. Prints one line of JSON when ready; ends when standard input closes or on SIGTERM."""

import argparse
import gc
import json
import os
import signal
import sys
import threading

from .accounts import ACCOUNTS, WEALTH
from .chain import GWEI, Chain
from .clock import slot_at_or_before
from .ledger import Ledger
from .node import Node
from .server import Server
from .world import HOUR, WAD, World

DEFAULT_TIME = 1_763_199_000   # 2025-11-15 09:30:00 UTC
DEFAULT_ETH_PRICE = 1_700 * WAD


def flags() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="devnode", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 lets the system choose")
    parser.add_argument("--chain-id", type=int, default=1337)
    parser.add_argument("--genesis-time", type=int, help="time of the first head that a client sees, UNIX seconds")
    parser.add_argument("--gas-limit", type=int, default=60_000_000, help="of a block")
    parser.add_argument("--base-fee", type=int, default=GWEI, help="of the first head, wei")
    parser.add_argument("--advance-on-poll", action="store_true",
                        help="each eth_getBlockByNumber(\"latest\") makes the next block first")
    parser.add_argument("--scenario", choices=["poker-72h"], help="what happens block by block")
    parser.add_argument("--prices", help="CSV of the scenario: time_utc,open,…,close")
    parser.add_argument("--fees", help="CSV of the scenario: time,avg_gas_used,gas_price_gwei")
    parser.add_argument("--ledger", help="file that gets every block, with what its transactions did")
    parser.add_argument("--log", help="file that gets every request and response")
    return parser.parse_args()


def main() -> None:
    """Builds the chain and serves it."""
    options = flags()
    plan = None
    if options.scenario:
        from .scenario import Plan
        if not options.prices or not options.fees:
            sys.exit("devnode: a scenario needs --prices and --fees")
        plan = Plan(options.prices, options.fees)
    ready_at = slot_at_or_before(plan.start if plan else (options.genesis_time or DEFAULT_TIME))
    balances = {account.address: WEALTH for account in ACCOUNTS.values()}
    chain = Chain(options.chain_id, ready_at - 2 * HOUR - 60, options.gas_limit, options.base_fee, balances)
    chain.base_fee_at = lambda time: options.base_fee
    world = World(chain)
    world.deploy(ready_at, plan.price_at(plan.start) if plan else DEFAULT_ETH_PRICE)
    chain.base_fee_at = None
    scenario = None
    if plan:
        from .scenario import Scenario
        scenario = Scenario(plan, chain, world)
    if options.ledger:
        Ledger(open(options.ledger, "w"), chain)
    log = open(options.log, "w") if options.log else None
    server = Server(Node(chain, world, scenario, options.advance_on_poll, log), options.port)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    threading.Thread(target=leave_with_parent, daemon=True).start()
    gc.freeze()
    print(json.dumps({
        "listening": server.url,
        "chainId": options.chain_id,
        "addresses": world.addresses(),
        "accounts": [account.as_json() for account in ACCOUNTS.values()],
    }), flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


def leave_with_parent() -> None:
    """Waits for standard input to close."""
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
