# pragma version 0.4.3
# pragma optimize none
# SPDX-License-Identifier: Apache-2.0
"""
@title Pokes four oracles, then nine ilks
@notice What a call does to the rest is never looked at: a failing oracle must not stop the others.
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

BTC: immutable(address)
ETH: immutable(address)
WSTETH: immutable(address)
SKY: immutable(address)
SPOTTER: immutable(address)


@deploy
def __init__(btc: address, eth: address, wsteth: address, sky: address, spotter: address):
    BTC = btc
    ETH = eth
    WSTETH = wsteth
    SKY = sky
    SPOTTER = spotter


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
