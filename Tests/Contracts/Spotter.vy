# pragma version 0.4.3
# pragma optimize none
# SPDX-License-Identifier: Apache-2.0
"""
@title Turns an oracle's price into the Vat's spot price with safety margin
"""

interface Pip:
    def peek() -> (bytes32, bool): nonpayable

interface VatLike:
    def file(ilk: bytes32, what: bytes32, data: uint256): nonpayable

event Poke:
    ilk: bytes32
    val: bytes32
    spot: uint256

struct Ilk:
    pip: address
    mat: uint256

ONE: constant(uint256) = 10**27
SPOT: constant(bytes32) = 0x73706f7400000000000000000000000000000000000000000000000000000000

wards: public(HashMap[address, uint256])   # slot 0
ilks: public(HashMap[bytes32, Ilk])        # slot 1
vat: public(address)                       # slot 2
par: public(uint256)                       # slot 3
live: public(uint256)                      # slot 4


@deploy
def __init__(vat_: address):
    self.wards[msg.sender] = 1
    self.vat = vat_
    self.par = ONE
    self.live = 1


@internal
@view
def _auth():
    assert self.wards[msg.sender] == 1, "Spotter/not-authorized"


@internal
@pure
def _rdiv(x: uint256, y: uint256) -> uint256:
    return x * ONE // y


@external
def poke(ilk: bytes32):
    val: bytes32 = empty(bytes32)
    has: bool = False
    val, has = extcall Pip(self.ilks[ilk].pip).peek()
    spot: uint256 = 0
    if has:
        spot = self._rdiv(self._rdiv(convert(val, uint256) * 10**9, self.par), self.ilks[ilk].mat)
    extcall VatLike(self.vat).file(ilk, SPOT, spot)
    log Poke(ilk=ilk, val=val, spot=spot)


@external
def setIlk(ilk: bytes32, pip: address, mat: uint256):
    """
    @notice Stands in for the two `file` calls of the original.
    """
    self._auth()
    assert self.live == 1, "Spotter/not-live"
    self.ilks[ilk] = Ilk(pip=pip, mat=mat)


@external
def setPar(par: uint256):
    self._auth()
    self.par = par


@external
def rely(usr: address):
    self._auth()
    self.wards[usr] = 1


@external
def deny(usr: address):
    self._auth()
    self.wards[usr] = 0


@external
def cage():
    self._auth()
    self.live = 0
