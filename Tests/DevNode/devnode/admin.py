# SPDX-License-Identifier: Apache-2.0
"""The evm_ and devnode_ methods: time, blocks, reorgs, and the world behind the oracles."""

from .accounts import ACCOUNTS
from .chain import GWEI, Chain
from .codec import RPCError, data, failure, quantity
from .world import World


class Admin:
    """What only a test asks for."""

    def __init__(self, chain: Chain, world: World, scenario=None):
        self.chain = chain
        self.world = world
        self.scenario = scenario
        self._snapshots = []

    # Time and blocks
    def evm_mine(self, params):
        """[], [timestamp] or [{"timestamp": t, "skip": n}]; answers "0x0"."""
        options = params[0] if params else {}
        if not isinstance(options, dict):
            options = {"timestamp": options}
        time = options.get("timestamp")
        for _ in range(options.get("blocks", 1)):
            self.chain.mine(time=None if time is None else _number(time), skip=_number(options.get("skip", 0)))
            time = None
        return "0x0"

    def evm_setNextBlockTimestamp(self, params):
        self.chain.clock.fixed = _number(params[0])
        return None

    def evm_increaseTime(self, params):
        self.chain.clock.added += _number(params[0])
        return quantity(self.chain.clock.added)

    def evm_snapshot(self, params):
        self._snapshots.append(self.chain.snapshot())
        return quantity(len(self._snapshots))

    def evm_revert(self, params):
        index = _number(params[0])
        if not 0 < index <= len(self._snapshots):
            return False
        self.chain.revert(self._snapshots[index - 1])
        del self._snapshots[index - 1:]
        return True

    def devnode_setNextBaseFee(self, params):
        """[wei]: of the next block; later ones follow from it."""
        self.chain.next_base_fee = _number(params[0])
        return True

    def devnode_hold(self, params):
        """[role, n]: the next n blocks take no transaction of that account; 0 ends it. Answers the first block that does."""
        if params[0] not in ACCOUNTS:
            raise failure(f"no account called {params[0]}")
        first = self.chain.head.number + 1 + _number(params[1])
        self.chain.held[ACCOUNTS[params[0]].address] = first
        return quantity(first)

    def devnode_reorg(self, params):
        """[depth, {"blocks": n, "skipTxs": bool}]; answers the old and new blocks."""
        options = params[1] if len(params) > 1 and params[1] else {}
        depth = _number(params[0])
        orphans = self.chain.reorg(depth, options.get("blocks"), bool(options.get("skipTxs")))
        new = self.chain.canonical[orphans[0].number:]
        return {"orphaned": [data(b.hash) for b in orphans], "canonical": [data(b.hash) for b in new]}

    def devnode_advance(self, params):
        """[]: one step of the scenario."""
        if self.scenario is None:
            raise failure("no scenario is loaded")
        self.scenario.advance()
        return quantity(self.chain.head.number)

    # The world
    def devnode_addresses(self, params):
        return self.world.addresses()

    def devnode_setSource(self, params):
        """[asset, price in wad as a decimal string, valid]; answers the transaction's hash."""
        valid = params[2] if len(params) > 2 else True
        return data(self.world.set_source(params[0], _number(params[1]), bool(valid)))

    def devnode_stopOSM(self, params):
        return data(self.world.osm(params[0], "stop()"))

    def devnode_startOSM(self, params):
        return data(self.world.osm(params[0], "start()"))

    def devnode_voidOSM(self, params):
        return data(self.world.osm(params[0], "void()"))

    def devnode_poke(self, params):
        """[{"via": "mega", "gas": limit, "tip": wei, "from": role}]; answers the transaction's hash."""
        options = params[0] if params else {}
        gas = options.get("gas")
        return data(self.world.poke(options.get("via", "mega"), None if gas is None else _number(gas),
                                    _number(options.get("tip", GWEI)), options.get("from", "thirdparty")))

    def devnode_send(self, params):
        """[{"from": role, "to": address, "data": hex, "gas", "tip", "cap", "value", "accessList"}] of an own account."""
        options = params[0]
        access = tuple(
            (bytes.fromhex(entry["address"][2:]), tuple(int(key, 16) for key in entry["storageKeys"]))
            for entry in options.get("accessList") or [])
        cap = options.get("cap")
        return data(self.world.send(
            options.get("from", "thirdparty"), bytes.fromhex(options["to"][2:]), bytes.fromhex(options.get("data", "0x")[2:]),
            _number(options.get("gas", 100_000)), _number(options.get("tip", GWEI)), None if cap is None else _number(cap),
            _number(options.get("value", 0)), access))

    def devnode_setIlk(self, params):
        """[ilk, {"art": wad, "line": rad, "mat": ray, "pip": name}]; answers the transactions' hashes."""
        options = params[1]
        read = lambda name: None if options.get(name) is None else _number(options[name])
        return [data(h) for h in self.world.set_ilk(params[0], read("art"), read("line"), read("mat"), options.get("pip"))]


def _number(value) -> int:
    """Admin methods take numbers, decimal strings and hex strings alike."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise RPCError(-32602, f"not a number: {value!r}")
    try:
        return value if isinstance(value, int) else int(value, 0)
    except ValueError:
        raise RPCError(-32602, f"not a number: {value!r}")
