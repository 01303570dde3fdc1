# SPDX-License-Identifier: Apache-2.0
"""Random transactions: pokes and what changes the oracles, transfers, creations, calls of programs, of every kind."""

from random import Random

import rlp
from eth._utils.address import generate_contract_address
from eth.vm.forks.prague.transactions import PragueTransactionBuilder as Builder
from eth_utils import keccak

from devnode.accounts import ACCOUNTS
from devnode.artefacts import call, word
from devnode.chain import GWEI
from devnode.world import ASSETS, DAILY_ILKS, ILKS, LP_ORACLES, RAY, WAD

from .forks import CANCUN, PRAGUE
from .programs import Programs

CREATOR = "spare"
POKERS = ["keeper", "keeper2", "thirdparty", "filler", "filler2"]
# What a poke through MegaPoker takes, and limits about there: too little, starving the last call, just enough.
MEGA_LIMITS = [60_000, 150_000, 217_000, 233_000, 237_366, 268_000, 330_000, 347_179, 347_180, 352_000, 364_368, 364_640, 400_000]


class Actors:
    """Everybody who sends something in one history."""

    def __init__(self, random: Random, trial, world, programs: int):
        self.random, self.trial, self.world, self.fork = random, trial, world, trial.fork
        self.nonces = {}
        self.base_fee = 0
        creator = ACCOUNTS[CREATOR].address
        nonce = trial.state().get_nonce(creator)
        self.contracts = [generate_contract_address(creator, nonce + index) for index in range(programs)]
        others = [account.address for account in ACCOUNTS.values()]
        fresh = [keccak(b"fresh%d" % random.randrange(50))[12:] for _ in range(3)]
        precompiles = [number.to_bytes(20, "big") for number in (1, 2, 3, 4, 5, 9)]
        oracles = [world.at[name] for name in ("MEGAPOKER", "MCD_SPOT", "MCD_VAT", "PIP_ETH", "SRC_ETH", "MULTICALL3")]
        self.targets = self.contracts * 3 + others + fresh + precompiles + [trial.coinbase]
        self.programs = Programs(random, self.fork, self.contracts * 4 + others + fresh + precompiles + oracles + [trial.coinbase])

    # A block's transactions
    def begin(self, base_fee: int) -> None:
        """A new block: nonces are the state's again."""
        self.nonces.clear()
        self.base_fee = base_fee

    def creations(self) -> list:
        """The programs of this history."""
        sent = []
        for _ in self.contracts:
            init = self.programs.initialisation()
            sent.append(self.send(CREATOR, b"", init, self.random.choice([400_000, 1_500_000, 6_000_000]),
                                  self.random.choice([0, 0, 1000])))
        return sent

    def transaction(self) -> tuple:
        """One of any kind."""
        kinds = [(self.poke, 18), (self.change, 9), (self.transfer, 6), (self.creation, 9), (self.run, 58)]
        kind = self.random.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
        return kind()

    def poke(self) -> tuple:
        pick = self.random.randrange(10)
        sender = self.random.choice(POKERS)
        if pick < 5:
            gas = self.random.choice(MEGA_LIMITS) if self.random.random() < 0.6 else self.random.randrange(21_100, 1_000_000)
            return self.send(sender, self.world.at["MEGAPOKER"], call("poke()"), gas, 0, self.poker_list())
        if pick == 5:
            return self.send(sender, self.world.at["MEGAPOKER_DAILY"], call("poke()"), self.random.choice([500_000, 4_000_000]))
        if pick == 6:
            name = self.random.choice(ASSETS)
            return self.send(sender, self.world.at[f"PIP_{name}"], call("poke()"), self.random.choice([30_000, 54_000, 90_000]))
        if pick == 7:
            ilk = self.random.choice(ILKS + DAILY_ILKS)[0]
            return self.send(sender, self.world.at["MCD_SPOT"], call("poke(bytes32)", ilk), self.random.choice([40_000, 100_000]))
        if pick == 8:
            return self.send(sender, self.world.at[self.random.choice(LP_ORACLES)], call("poke()"), 300_000)
        return self.send(sender, self.world.at["MULTICALL3"], self.multicall(), self.random.randrange(60_000, 900_000))

    def poker_list(self) -> list:
        """An access list of what a poke touches, or of half of it."""
        if self.random.random() < 0.8:
            return []
        names = self.random.sample([f"PIP_{asset}" for asset in ASSETS] + ["MCD_SPOT", "MCD_VAT"], 3)
        return [(self.world.at[name], list(range(self.random.randrange(5)))) for name in names]

    def multicall(self) -> bytes:
        """aggregate3((address,bool,bytes)[]) of some pokes."""
        calls = [(self.world.at[f"PIP_{asset}"], call("poke()")) for asset in ASSETS]
        calls += [(self.world.at["MCD_SPOT"], call("poke(bytes32)", ilk[0])) for ilk in ILKS]
        calls = self.random.sample(calls, self.random.randrange(1, len(calls)))
        offset, heads, tails = 32 * len(calls), b"", b""
        for target, payload in calls:
            heads += word(offset + len(tails))
            padded = payload.ljust((len(payload) + 31) // 32 * 32, b"\0")
            tails += word(target) + word(self.random.random() < 0.9) + word(96) + word(len(payload)) + padded
        return call("aggregate3((address,bool,bytes)[])", 32, len(calls)) + heads + tails

    def change(self) -> tuple:
        """Changes the world of the oracles."""
        pick = self.random.randrange(10)
        asset = self.random.choice(ASSETS)
        if pick < 5:
            price = self.random.choice([0, 1, WAD, 1_700 * WAD, self.random.randrange(2**90)])
            payload = call("set(uint128,bool)", price, self.random.random() < 0.75)
            return self.send("deployer", self.world.at[f"SRC_{asset}"], payload, 100_000)
        if pick < 8:
            return self.send("deployer", self.world.at[f"PIP_{asset}"],
                             call(self.random.choice(["stop()", "start()", "start()", "void()"])), 100_000)
        ilk = self.random.choice(ILKS)
        if pick == 8:
            payload = call("setIlk(bytes32,address,uint256)", ilk[0], self.world.at[ilk[1]],
                           self.random.randrange(100, 300) * RAY // 100)
            return self.send("deployer", self.world.at["MCD_SPOT"], payload, 150_000)
        return self.send("deployer", self.world.at["MCD_VAT"],
                         call("setArt(bytes32,uint256)", ilk[0], self.random.choice([0, 1, self.random.randrange(2**88)])), 100_000)

    def transfer(self) -> tuple:
        to = self.random.choice(self.targets)
        value = self.random.choice([0, 0, 1, 10**9, 10**18])
        gas = self.random.choice([21_000, 21_001, 25_000, 60_000])
        return self.send(self.random.choice(POKERS), to, self.calldata() if gas > 25_000 else b"", gas, value)

    def creation(self) -> tuple:
        init = self.programs.initialisation() if self.random.random() < 0.9 else self.random.randbytes(self.random.randrange(80))
        return self.send(self.random.choice(POKERS), b"", init, self.random.choice([60_000, 120_000, 500_000, 2_000_000]),
                         self.random.choice([0, 0, 5]), self.access_list())

    def run(self) -> tuple:
        """Calls a program, or one of those that an account was delegated to."""
        delegated = [] if self.fork < PRAGUE else [ACCOUNTS[role].address for role in POKERS]
        to = self.random.choice(self.contracts * 3 + delegated) if self.random.random() < 0.9 else self.random.choice(self.targets)
        gas = self.random.choice([22_000, 30_000, 50_000, 100_000, 200_000, 500_000, 500_000, 1_000_000])
        return self.send(self.random.choice(POKERS), to, self.calldata(), gas + self.random.randrange(1000),
                         self.random.choice([0, 0, 0, 1, 10**15]), self.access_list())

    def calldata(self) -> bytes:
        pick = self.random.randrange(5)
        if pick == 0:
            return b""
        if pick == 1:
            return word(self.random.randrange(3))
        return self.random.randbytes(self.random.randrange(1, 200)) if pick == 2 else bytes(self.random.randrange(1, 100))

    def access_list(self) -> list:
        if self.random.random() < 0.7:
            return []
        return [(self.random.choice(self.targets), [self.random.randrange(6) for _ in range(self.random.randrange(4))])
                for _ in range(self.random.randrange(1, 4))]

    # Signing
    def send(self, role: str, to: bytes, payload: bytes, gas: int, value: int = 0, access: list = ()) -> tuple:
        """The wire form, of a kind that the fork has, and the sender."""
        account = ACCOUNTS[role]
        nonce = self.nonces.get(role)
        if nonce is None:
            nonce = self.trial.state().get_nonce(account.address)
        self.nonces[role] = nonce + 1
        tip = self.random.choice([0, 1, GWEI, 2 * GWEI])
        cap = self.base_fee + self.random.choice([0, 1, tip, tip, 10 * GWEI]) if self.random.random() < 0.98 else self.base_fee // 2
        tip = min(tip, cap)
        common = dict(nonce=nonce, gas=gas, to=to, value=value, data=payload)
        kind = self._kind(to)
        if kind == 0:
            price = self.base_fee + tip
            unsigned = Builder.create_unsigned_transaction(gas_price=price, **common)
            return unsigned.as_signed_transaction(account.key, chain_id=self.trial.chain_id).encode(), account.address
        common["chain_id"] = self.trial.chain_id
        common["access_list"] = list(access)
        caps = dict(max_priority_fee_per_gas=tip, max_fee_per_gas=cap)
        if kind == 1:
            unsigned = Builder.new_unsigned_access_list_transaction(gas_price=self.base_fee + tip, **common)
        elif kind == 3:
            blobs = [b"\x01" + self.random.randbytes(31) for _ in range(self.random.randrange(1, 4))]
            unsigned = Builder.new_unsigned_blob_transaction(
                max_fee_per_blob_gas=self.random.choice([1, 10**6, GWEI]), blob_versioned_hashes=blobs, **common, **caps)
        elif kind == 4:
            unsigned = Builder.new_unsigned_set_code_transaction(authorization_list=self._authorizations(role), **common, **caps)
        else:
            unsigned = Builder.new_unsigned_dynamic_fee_transaction(**common, **caps)
        return unsigned.as_signed_transaction(account.key).encode(), account.address

    def _kind(self, to: bytes) -> int:
        kinds = [0, 1, 2, 2, 2]
        if to and not self.fork < CANCUN:
            kinds.append(3)
        if to and not self.fork < PRAGUE:
            kinds += [4, 4]
        return self.random.choice(kinds)

    def _authorizations(self, sender: str) -> list:
        """Some that hold, some that do not."""
        found = []
        for _ in range(self.random.randrange(1, 4)):
            role = self.random.choice(POKERS)
            nonce = self.nonces.get(role)
            if nonce is None:
                nonce = self.trial.state().get_nonce(ACCOUNTS[role].address)
            if self.random.random() < 0.85:
                # From here on the account's own transactions need a nonce more.
                self.nonces[role] = nonce + 1
            else:
                nonce += self.random.choice([1, 5])
            chain_id = self.random.choice([0, self.trial.chain_id, self.trial.chain_id, 5])
            target = self.random.choice(self.contracts + [bytes(20), ACCOUNTS[role].address, self.world.at["MEGAPOKER"]])
            message = keccak(b"\x05" + rlp.encode([chain_id, target, nonce]))
            signature = ACCOUNTS[role].key.sign_msg_hash(message)
            s = signature.s if self.random.random() < 0.95 else 2**256 - 1
            found.append({"chain_id": chain_id, "address": target, "nonce": nonce, "y_parity": signature.v, "r": signature.r, "s": s})
        return found
