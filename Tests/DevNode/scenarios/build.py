# SPDX-License-Identifier: Apache-2.0
"""Makes a scenario for studies of pokes from price and fee series: contracts deployed on the local chain, what their sources said
since, and the blocks with their base fees. Tests/Fixtures/README.md has the format.

PRICES are candles (time_utc,…,close,…) or Chainlink rounds (round,answer,updatedAt). FEES are hourly (time,…,gas_price_gwei) or by
block (block_number,timestamp_utc,base_fee_wei). Prices of other dates than the fees' are moved there by whole days, and the scenario
says so.
"""

import argparse
from datetime import datetime, timezone
from pathlib import Path

from devnode.accounts import ACCOUNTS
from devnode.clock import SLOT
from devnode.world import ASSETS, HOUR, ILKS

from . import lines
from .blocks import REWARD, blocks_of
from .commands import BadUsage, Parser, progress, run
from .ground import CHAIN_ID, SENDER, Ground, spot_slot
from .sources import Feed, Market, written
from .span import Span
from .tables import EARLIEST, LATEST, Fees, Prices

NAME = "build-scenario"


def moment(text: str) -> int:
    """UNIX seconds of a date or a time of the command line, UTC."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}", expected a date or time as 2022-07-29 or 2022-07-29T06:00:00Z')
    if time.tzinfo is None:
        time = time.replace(tzinfo=timezone.utc)
    seconds = int(time.timestamp())
    if not EARLIEST <= seconds <= LATEST:
        raise argparse.ArgumentTypeError(f'"{text}", expected a date from 2001-09-09 to 2106-02-07')
    return seconds


def flags(arguments: list | None) -> argparse.Namespace:
    """The command line."""
    parser = Parser(prog=NAME, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prices", required=True, metavar="CSV", help="of ETH; the other assets follow at constant ratios")
    parser.add_argument("--prices-btc", metavar="CSV", help="of BTC, if it shall not follow ETH")
    parser.add_argument("--fees", required=True, metavar="CSV")
    parser.add_argument("--out", required=True, metavar="FILE", help="the scenario, gzip")
    parser.add_argument("--from", dest="first", type=moment, metavar="DATE", help="default: all that the series cover, in whole hours")
    parser.add_argument("--to", dest="last", type=moment, metavar="DATE", help="exclusive, in dates of the fees")
    return parser.parse_args(arguments)


class Scenario:
    """All parts of a scenario, and its lines."""

    def __init__(self, prices: list, fees: Fees, wanted: tuple):
        self.span = span = Span(prices, fees, wanted)
        market = Market(*[table.series(span.shift) for table in prices])
        progress(f"{NAME}: deploying the contracts for {span.hours} hours")
        self.ground = Ground(span.start, lambda asset: market.price(asset, span.start))
        head = self.ground.chain.head
        blocks = blocks_of(fees, span, head.number, head.header.timestamp)
        self.blocks = list(blocks)
        self.updates = Feed(market, span.start).run(span.start, span.end, blocks.at_or_after)
        self.source = span.sentence(prices, fees)
        self.name = span.name(fees)

    def lines(self):
        """Every line but the closing one."""
        accounts = self.ground.accounts()
        yield self._opening(len(accounts))
        for parts in accounts:
            yield lines.account(*parts)
        timed = [(time, 0, index, self._event(time, asset, price)) for index, (time, asset, price) in enumerate(self.updates)]
        timed += [(time, 1, number, {"block": number, "time": time, "baseFee": str(fee), "reward": str(REWARD)})
                  for number, time, fee in self.blocks]
        for *_, line in sorted(timed, key=lambda part: part[:3]):
            yield line

    def _opening(self, accounts: int) -> dict:
        at = {name: lines.address(address) for name, address in self.ground.world.at.items()}
        return {
            "scenario": lines.FORMAT, "name": self.name, "source": self.source, "chainId": CHAIN_ID, "fork": "prague",
            "slotLength": HOUR, "blockTime": SLOT, "start": self.span.start, "end": self.span.end,
            "sender": lines.address(ACCOUNTS[SENDER].address),
            "contracts": {"megaPoker": at["MEGAPOKER"], "multicall": at["MULTICALL3"], "spotter": at["MCD_SPOT"], "vat": at["MCD_VAT"]},
            "oracles": [{"name": f"PIP_{asset}", "address": at[f"PIP_{asset}"], "source": at[f"SRC_{asset}"]} for asset in ASSETS],
            "ilks": [{"name": ilk, "oracle": pip, "spotSlot": lines.word(spot_slot(ilk))} for ilk, pip, *_ in ILKS],
            "accounts": accounts, "blocks": len(self.blocks), "events": len(self.updates),
        }

    def _event(self, time: int, asset: str, price: int) -> dict:
        return {"time": time, "source": f"PIP_{asset}", "valid": True, "value": str(price), "writes": lines.storage(written(price, time))}

    def summary(self, path: str) -> str:
        """What was made, in a line."""
        changed = len({time // HOUR for time, _, _ in self.updates})
        return (f"wrote {path}: {self.span.hours} hours, {len(self.blocks)} blocks, {len(self.updates)} updates of sources "
                f"in {100 * changed / self.span.hours:.1f} % of the hours\n{self.source}")


def main(arguments: list | None = None) -> int:
    """Reads, builds, writes."""
    options = flags(arguments)

    def body() -> int:
        if not Path(options.out).parent.is_dir():
            raise BadUsage(f"--out {options.out}: its folder is not there")
        progress(f"{NAME}: reading the series")
        fees = Fees(options.fees)
        prices = [Prices(path) for path in (options.prices, options.prices_btc) if path is not None]
        scenario = Scenario(prices, fees, (options.first, options.last))
        lines.write(options.out, scenario.lines())
        print(scenario.summary(options.out))
        return 0

    return run(NAME, body)
