# pragma version 0.4.3
# pragma optimize none
# SPDX-License-Identifier: Apache-2.0
"""
@title The poker with a daily part
@notice Once in 86400 seconds or more, counted from the last time, four LP oracles and their ilks follow.
"""

ETH_A: constant(bytes32) = 0x4554482d41000000000000000000000000000000000000000000000000000000
ETH_B: constant(bytes32) = 0x4554482d42000000000000000000000000000000000000000000000000000000
ETH_C: constant(bytes32) = 0x4554482d43000000000000000000000000000000000000000000000000000000
WBTC_A: constant(bytes32) = 0x574254432d410000000000000000000000000000000000000000000000000000
WBTC_B: constant(bytes32) = 0x574254432d420000000000000000000000000000000000000000000000000000
WBTC_C: constant(bytes32) = 0x574254432d430000000000000000000000000000000000000000000000000000
WSTETH_A: constant(bytes32) = 0x5753544554482d41000000000000000000000000000000000000000000000000
WSTETH_B: constant(bytes32) = 0x5753544554482d42000000000000000000000000000000000000000000000000
LSEV2_SKY_A: constant(bytes32) = 0x4c534556322d534b592d41000000000000000000000000000000000000000000
CRVV1ETHSTETH_A: constant(bytes32) = 0x435256563145544853544554482d410000000000000000000000000000000000
GUNIV3DAIUSDC1_A: constant(bytes32) = 0x47554e49563344414955534443312d4100000000000000000000000000000000
GUNIV3DAIUSDC2_A: constant(bytes32) = 0x47554e49563344414955534443322d4100000000000000000000000000000000
UNIV2DAIUSDC_A: constant(bytes32) = 0x554e495632444149555344432d41000000000000000000000000000000000000
DAY: constant(uint256) = 86400

last: public(uint256)   # slot 0

BTC: immutable(address)
ETH: immutable(address)
WSTETH: immutable(address)
SKY: immutable(address)
SPOTTER: immutable(address)
CRV: immutable(address)
GUNI1: immutable(address)
GUNI2: immutable(address)
UNI: immutable(address)


@deploy
def __init__(
    btc: address, eth: address, wsteth: address, sky: address, spotter: address,
    crv: address, guni1: address, guni2: address, uni: address
):
    BTC = btc
    ETH = eth
    WSTETH = wsteth
    SKY = sky
    SPOTTER = spotter
    CRV = crv
    GUNI1 = guni1
    GUNI2 = guni2
    UNI = uni


@internal
def _try(target: address, payload: Bytes[36]):
    ok: bool = raw_call(target, payload, revert_on_failure=False)   # not looked at


@internal
def _spot(ilk: bytes32):
    payload: Bytes[36] = concat(method_id("poke(bytes32)", output_type=bytes4), ilk)
    self._try(SPOTTER, payload)


@internal
def _osm(oracle: address):
    payload: Bytes[36] = concat(method_id("poke()", output_type=bytes4), b"")
    self._try(oracle, payload)


@external
def poke():
    self._osm(BTC)
    self._osm(ETH)
    self._osm(WSTETH)
    self._osm(SKY)

    self._spot(ETH_A)
    self._spot(ETH_B)
    self._spot(ETH_C)
    self._spot(WBTC_A)
    self._spot(WBTC_B)
    self._spot(WBTC_C)
    self._spot(WSTETH_A)
    self._spot(WSTETH_B)
    self._spot(LSEV2_SKY_A)

    if self.last <= block.timestamp - DAY:
        self._osm(CRV)
        self._osm(GUNI1)
        self._osm(GUNI2)
        self._osm(UNI)

        self._spot(CRVV1ETHSTETH_A)
        self._spot(GUNIV3DAIUSDC1_A)
        self._spot(GUNIV3DAIUSDC2_A)
        self._spot(UNIV2DAIUSDC_A)

        self.last = block.timestamp
