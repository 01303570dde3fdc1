# pragma version 0.4.3
# pragma optimize none
# SPDX-License-Identifier: Apache-2.0
"""
@title A price source with the reading surface of a Median
@notice Tests set the price by hand; there are no signatures to collect.
        Slot 1 packs the price (low 16 bytes) and the age (4 bytes above it).
"""

event LogMedianPrice:
    val: uint256
    age: uint256

VAL_MASK: constant(uint256) = 2**128 - 1
AGE_MASK: constant(uint256) = 2**32 - 1

wards: public(HashMap[address, uint256])   # slot 0
packed: uint256                            # slot 1
bar: public(uint256)                       # slot 2
orcl: public(HashMap[address, uint256])    # slot 3
bud: public(HashMap[address, uint256])     # slot 4
wat: public(immutable(bytes32))


@deploy
def __init__(name: bytes32):
    self.wards[msg.sender] = 1
    self.bar = 1
    wat = name


@internal
@view
def _auth():
    assert self.wards[msg.sender] == 1, "Median/not-authorized"


@internal
@view
def _toll():
    assert self.bud[msg.sender] == 1, "Median/contract-not-whitelisted"


@external
@view
def age() -> uint32:
    return convert((self.packed >> 128) & AGE_MASK, uint32)


@external
@view
def peek() -> (uint256, bool):
    self._toll()
    return (self.packed & VAL_MASK, self.packed & VAL_MASK > 0)


@external
@view
def read() -> uint256:
    self._toll()
    val: uint256 = self.packed & VAL_MASK
    assert val > 0, "Median/invalid-price-feed"
    return val


@external
def set(val: uint128, valid: bool):
    """
    @notice Stands in for a signed poke. An invalid price is stored as zero.
    """
    self._auth()
    value: uint256 = 0
    if valid:
        value = convert(val, uint256)
    self.packed = value | ((block.timestamp & AGE_MASK) << 128)
    log LogMedianPrice(val=value, age=block.timestamp)


@external
def kiss(usr: address):
    self._auth()
    assert usr != empty(address), "Median/no-contract-0"
    self.bud[usr] = 1


@external
def diss(usr: address):
    self._auth()
    self.bud[usr] = 0


@external
def rely(usr: address):
    self._auth()
    self.wards[usr] = 1


@external
def deny(usr: address):
    self._auth()
    self.wards[usr] = 0
