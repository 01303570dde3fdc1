# pragma version 0.4.3
# pragma optimize gas
# SPDX-License-Identifier: Apache-2.0
"""
@title Price of a liquidity token, from the reserves behind it
@notice Slot 1 packs stopped (byte 0), hop (bytes 1-2) and zph (the rest). zph is when the next poke is
        allowed: the last poke plus hop, not the clock hour. pass() is answered by __default__.
"""

interface Feed:
    def read() -> uint256: view

event Value:
    curVal: uint128
    nxtVal: uint128

WAD: constant(uint256) = 10**18
VAL_MASK: constant(uint256) = 2**128 - 1
HAS: constant(uint256) = 2**128
PASS_SELECTOR: constant(bytes4) = 0xa7a1ed72
SAMPLES: constant(uint256) = 12

wards: public(HashMap[address, uint256])      # slot 0
packed: uint256                               # slot 1: zph | hop | stopped
bud: public(HashMap[address, uint256])        # slot 2
cur: uint256                                  # slot 3
nxt: uint256                                  # slot 4
reserves: public(uint256[SAMPLES])            # slots 5-16: reserve1 << 128 | reserve0, wad each
supply: public(uint256)
SRC: immutable(address)
ORB0: immutable(address)
ORB1: immutable(address)


@deploy
def __init__(src: address, orb0: address, orb1: address, reserve0: uint256, reserve1: uint256, supply: uint256):
    self.wards[msg.sender] = 1
    self.packed = 3600 << 8
    SRC = src
    ORB0 = orb0
    ORB1 = orb1
    self.supply = supply
    for i: uint256 in range(SAMPLES):
        # Samples lie a little apart, as a pool's do over time.
        self.reserves[i] = ((reserve1 - i * WAD) << 128) | (reserve0 + i * WAD)


@internal
@view
def _hop() -> uint256:
    return (self.packed >> 8) & (2**16 - 1)


@internal
@view
def _zph() -> uint256:
    return self.packed >> 24


@internal
@view
def _auth():
    assert self.wards[msg.sender] == 1, "UNIV2LPOracle/not-authorized"


@internal
@view
def _toll():
    assert self.bud[msg.sender] == 1, "UNIV2LPOracle/contract-not-whitelisted"


@internal
@pure
def _sqrt(x: uint256) -> uint256:
    # Newton from above; stops when the next value no longer falls.
    if x == 0:
        return 0
    root: uint256 = 1 << 127
    for i: uint256 in range(255):
        below: uint256 = (root + x // root) // 2
        if below >= root:
            break
        root = below
    return root


@internal
def _seek() -> uint256:
    # Fair price: twice the geometric mean of the reserves, averaged over the samples, times the
    # geometric mean of the prices, per token.
    price0: uint256 = staticcall Feed(ORB0).read()
    assert price0 != 0, "UNIV2LPOracle/invalid-oracle-0-price"
    price1: uint256 = staticcall Feed(ORB1).read()
    assert price1 != 0, "UNIV2LPOracle/invalid-oracle-1-price"
    product: uint256 = 0
    for i: uint256 in range(SAMPLES):
        sample: uint256 = self.reserves[i]
        product += (sample & VAL_MASK) * (sample >> 128) // SAMPLES
    assert product != 0, "UNIV2LPOracle/invalid-reserves"
    return 2 * self._sqrt(product) * self._sqrt(price0 * price1) // self.supply


@external
def poke():
    assert self.packed & 255 == 0, "UNIV2LPOracle/is-stopped"
    assert block.timestamp >= self._zph(), "UNIV2LPOracle/not-passed"
    val: uint256 = self._seek()
    assert val != 0, "UNIV2LPOracle/invalid-price"
    self.cur = self.nxt
    self.nxt = (val & VAL_MASK) | HAS
    self.packed = (self.packed & (2**24 - 1)) | ((block.timestamp + self._hop()) << 24)
    log Value(curVal=convert(self.cur & VAL_MASK, uint128), nxtVal=convert(val & VAL_MASK, uint128))


@external
@view
def peek() -> (bytes32, bool):
    self._toll()
    return (convert(self.cur & VAL_MASK, bytes32), self.cur >> 128 == 1)


@external
@view
def peep() -> (bytes32, bool):
    self._toll()
    return (convert(self.nxt & VAL_MASK, bytes32), self.nxt >> 128 == 1)


@external
@view
def read() -> bytes32:
    self._toll()
    assert self.cur >> 128 == 1, "UNIV2LPOracle/no-current-value"
    return convert(self.cur & VAL_MASK, bytes32)


@external
@view
def src() -> address:
    return SRC


@external
@view
def orb0() -> address:
    return ORB0


@external
@view
def orb1() -> address:
    return ORB1


@external
@view
def stopped() -> uint8:
    return convert(self.packed & 255, uint8)


@external
@view
def hop() -> uint16:
    return convert(self._hop(), uint16)


@external
@view
def zph() -> uint256:
    return self._zph()


@external
@view
def zzz() -> uint256:
    zph: uint256 = self._zph()
    if zph == 0:
        return 0
    return zph - self._hop()


@external
def stop():
    self._auth()
    self.packed = (self.packed >> 8 << 8) | 1


@external
def start():
    self._auth()
    self.packed = self.packed >> 8 << 8


@external
def kiss(usr: address):
    self._auth()
    self.bud[usr] = 1


@external
def diss(usr: address):
    self._auth()
    self.bud[usr] = 0


@external
@view
@raw_return
def __default__() -> Bytes[32]:
    assert len(msg.data) >= 4
    assert convert(slice(msg.data, 0, 4), bytes4) == PASS_SELECTOR
    due: uint256 = 0
    if block.timestamp >= self._zph():
        due = 1
    return abi_encode(due)
