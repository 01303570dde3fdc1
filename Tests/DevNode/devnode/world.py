# SPDX-License-Identifier: Apache-2.0
"""The oracle contracts as deployed on this chain, and the transactions that change them."""

from eth._utils.address import generate_contract_address
from eth_utils import to_checksum_address

from .accounts import ACCOUNTS, BY_ADDRESS
from .artefacts import call, creation
from .chain import GWEI, Chain
from .clock import slot_at_or_before
from .codec import failure
from .transaction import signed

WAD, RAY, RAD = 10**18, 10**27, 10**45
HOUR = 3600   # seconds

ASSETS = ["BTC", "ETH", "WSTETH", "SKY"]            # the poker's order
# Prices of the others in terms of ETH: one series moves them all.
RATIO = {"BTC": (127, 10), "ETH": (1, 1), "WSTETH": (1082, 1000), "SKY": (45, 1_000_000)}
LP_ORACLES = ["PIP_CRVV1ETHSTETH", "PIP_GUNIV3DAIUSDC1", "PIP_GUNIV3DAIUSDC2", "PIP_UNIV2DAIUSDC"]

# ilk, oracle, liquidation ratio in percent, debt in wad, ceiling in wad
ILKS = [
    ("ETH-A", "PIP_ETH", 145, 310_000_000, 500_000_000),
    ("ETH-B", "PIP_ETH", 130, 60_000_000, 120_000_000),
    ("ETH-C", "PIP_ETH", 170, 240_000_000, 400_000_000),
    ("WBTC-A", "PIP_BTC", 150, 0, 0),               # the three of WBTC are dead: no debt, no ceiling
    ("WBTC-B", "PIP_BTC", 150, 0, 0),
    ("WBTC-C", "PIP_BTC", 175, 0, 0),
    ("WSTETH-A", "PIP_WSTETH", 150, 150_000_000, 300_000_000),
    ("WSTETH-B", "PIP_WSTETH", 175, 180_000_000, 350_000_000),
    ("LSEV2-SKY-A", "PIP_SKY", 120, 40_000_000, 100_000_000),
]
DAILY_ILKS = [
    ("CRVV1ETHSTETH-A", "PIP_CRVV1ETHSTETH", 155, 1_000_000, 5_000_000),
    ("GUNIV3DAIUSDC1-A", "PIP_GUNIV3DAIUSDC1", 102, 1_000_000, 5_000_000),
    ("GUNIV3DAIUSDC2-A", "PIP_GUNIV3DAIUSDC2", 102, 1_000_000, 5_000_000),
    ("UNIV2DAIUSDC-A", "PIP_UNIV2DAIUSDC", 102, 1_000_000, 5_000_000),
]

DEPLOY_GAS, ADMIN_GAS, POKE_GAS, DAILY_GAS = 4_000_000, 300_000, 1_000_000, 4_000_000


def scaled(asset: str, eth_price: int) -> int:
    """The asset's price when ETH has that price; wad."""
    numerator, denominator = RATIO[asset]
    return eth_price * numerator // denominator


class World:
    """The addresses, and the means to move things."""

    def __init__(self, chain: Chain):
        self.chain = chain
        self.at = {}

    def addresses(self) -> dict:
        """Every contract's name and checksummed address."""
        return {name: to_checksum_address(address) for name, address in self.at.items()}

    def address(self, name: str) -> bytes:
        """The address of a named contract."""
        if name not in self.at:
            raise failure(f"no contract called {name}")
        return self.at[name]

    # Sending
    def send(self, role: str, to: bytes, payload: bytes, gas: int = ADMIN_GAS, tip: int = GWEI, cap: int | None = None,
             value: int = 0, access_list: tuple = ()) -> bytes:
        """Puts a transaction of one of the accounts into the pool; gives its hash."""
        chain, account = self.chain, ACCOUNTS[role]
        nonce = chain.pool.next_nonce(account.address, chain.nonce(account.address))
        if cap is None:
            cap = max(20 * chain.expected_base_fee(), 100 * GWEI) + tip
        entry = signed(account, chain.chain_id, nonce, to, payload, gas, tip, cap, value, chain.arrival(), access_list)
        chain.pool.put(entry)
        return entry.hash

    def set_source(self, asset: str, price: int, valid: bool = True) -> bytes:
        """Sets a source's price; wad."""
        return self.send("deployer", self.address(f"SRC_{asset}"), call("set(uint128,bool)", price, valid), tip=2 * GWEI)

    def set_all(self, eth_price: int) -> None:
        """Sets all four sources from the price of ETH; wad."""
        for asset in ASSETS:
            self.set_source(asset, scaled(asset, eth_price))

    def osm(self, asset: str, signature: str) -> bytes:
        """Has the deployer call stop(), start() or void() of an OSM."""
        return self.send("deployer", self.address(f"PIP_{asset}"), call(signature), tip=2 * GWEI)

    def poke(self, via: str = "mega", gas: int | None = None, tip: int = GWEI, role: str = "thirdparty") -> bytes:
        """Has somebody poke: mega, daily, osm:ETH, lp:UNIV2DAIUSDC or spot:ETH-A."""
        kind, _, name = via.partition(":")
        if kind == "mega":
            to, payload = self.address("MEGAPOKER"), call("poke()")
        elif kind == "daily":
            to, payload = self.address("MEGAPOKER_DAILY"), call("poke()")
        elif kind in ("osm", "lp"):
            to, payload = self.address(f"PIP_{name}"), call("poke()")
        elif kind == "spot":
            to, payload = self.address("MCD_SPOT"), call("poke(bytes32)", name)
        else:
            raise failure(f"cannot poke via {via}")
        if gas is None:
            gas = DAILY_GAS if kind == "daily" else POKE_GAS
        return self.send(role, to, payload, gas, tip)

    def set_ilk(self, ilk: str, art: int | None, line: int | None, mat: int | None, pip: str | None) -> list:
        """Changes an ilk: debt in wad, ceiling in rad, liquidation ratio in ray, oracle by name."""
        sent = []
        vat, spotter = self.address("MCD_VAT"), self.address("MCD_SPOT")
        if art is not None:
            sent.append(self.send("deployer", vat, call("setArt(bytes32,uint256)", ilk, art)))
        if line is not None:
            sent.append(self.send("deployer", vat, call("file(bytes32,bytes32,uint256)", ilk, "line", line)))
        if mat is not None:
            oracle = self.address(pip or dict((i[0], i[1]) for i in ILKS + DAILY_ILKS)[ilk])
            sent.append(self.send("deployer", spotter, call("setIlk(bytes32,address,uint256)", ilk, oracle, mat)))
        return sent

    # Deploying
    def deploy(self, ready_at: int, eth_price: int) -> None:
        """Deploys everything and pokes three times, so that every queue is full; the head is then at `ready_at`."""
        chain = self.chain
        ready_at = slot_at_or_before(ready_at)
        self._contracts(eth_price)
        chain.mine(time=ready_at - 2 * HOUR - 48)
        self._settings()
        self.set_all(eth_price)
        chain.mine(time=ready_at - 2 * HOUR - 36)
        self.poke("daily", role="deployer")
        chain.mine(time=ready_at - 2 * HOUR)
        self.set_all(eth_price * 1001 // 1000)
        chain.mine(time=ready_at - HOUR - 12)
        self.poke(role="deployer")
        for name in LP_ORACLES:
            self.poke("lp:" + name[4:], role="deployer")
        chain.mine(time=ready_at - HOUR)
        self.set_all(eth_price)
        chain.mine(time=ready_at - 24)
        self.poke(role="deployer")
        for spot in DAILY_ILKS:
            self.poke("spot:" + spot[0], role="deployer")
        chain.mine(time=ready_at - 12)
        chain.mine(time=ready_at)

    def _create(self, name: str, contract: str, *arguments) -> None:
        chain, deployer = self.chain, ACCOUNTS["deployer"]
        nonce = chain.pool.next_nonce(deployer.address, chain.nonce(deployer.address))
        self.at[name] = generate_contract_address(deployer.address, nonce)
        self.send("deployer", b"", creation(contract, *arguments), DEPLOY_GAS)

    def _contracts(self, eth_price: int) -> None:
        for asset in ASSETS:
            self._create(f"SRC_{asset}", "Source", f"{asset}USD")
        for asset in ASSETS:
            self._create(f"PIP_{asset}", "OSM", self.at[f"SRC_{asset}"])
        self._create("MCD_VAT", "Vat")
        self._create("MCD_SPOT", "Spotter", self.at["MCD_VAT"])
        hourly = [self.at[f"PIP_{asset}"] for asset in ASSETS] + [self.at["MCD_SPOT"]]
        self._create("MEGAPOKER", "MegaPoker", *hourly)
        # Each pool holds two sides of equal value; its token is priced through two sources.
        shapes = {"PIP_CRVV1ETHSTETH": ("ETH", "WSTETH", 30_000), "PIP_GUNIV3DAIUSDC1": ("SKY", "SKY", 9_000_000),
                  "PIP_GUNIV3DAIUSDC2": ("SKY", "SKY", 7_000_000), "PIP_UNIV2DAIUSDC": ("SKY", "SKY", 5_000_000)}
        for name in LP_ORACLES:
            first, second, reserve = shapes[name]
            self._create(name, "LPOracle", self.at[f"SRC_{first}"], self.at[f"SRC_{first}"], self.at[f"SRC_{second}"],
                         reserve * WAD, reserve * WAD, reserve * WAD)
        self._create("MEGAPOKER_DAILY", "MegaPokerDaily", *hourly, *[self.at[name] for name in LP_ORACLES])
        self._create("MULTICALL3", "Multicall3")

    def _settings(self) -> None:
        send = lambda name, payload: self.send("deployer", self.at[name], payload)
        spotter, vat = self.at["MCD_SPOT"], self.at["MCD_VAT"]
        send("MCD_VAT", call("rely(address)", spotter))
        send("MCD_VAT", call("file(bytes32,uint256)", "Line", 5_000_000_000 * RAD))
        for asset in ASSETS:
            send(f"SRC_{asset}", call("kiss(address)", self.at[f"PIP_{asset}"]))
            send(f"PIP_{asset}", call("kiss(address)", spotter))
        for name in LP_ORACLES:
            for asset in ("ETH", "WSTETH", "SKY"):
                send(f"SRC_{asset}", call("kiss(address)", self.at[name]))
            send(name, call("kiss(address)", spotter))
        for ilk, pip, mat, debt, ceiling in ILKS + DAILY_ILKS:
            send("MCD_VAT", call("init(bytes32)", ilk))
            send("MCD_VAT", call("file(bytes32,bytes32,uint256)", ilk, "line", ceiling * RAD))
            send("MCD_VAT", call("file(bytes32,bytes32,uint256)", ilk, "dust", 7_500 * RAD if ceiling else 0))
            send("MCD_VAT", call("setArt(bytes32,uint256)", ilk, debt * WAD))
            send("MCD_SPOT", call("setIlk(bytes32,address,uint256)", ilk, self.at[pip], mat * RAY // 100))


def role_of(address: bytes) -> str | None:
    """The role of one of the chain's own accounts."""
    account = BY_ADDRESS.get(address)
    return account.role if account else None
