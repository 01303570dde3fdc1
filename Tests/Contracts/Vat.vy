# pragma version 0.4.3
# pragma optimize none
# SPDX-License-Identifier: Apache-2.0
"""
@title The part of the Vat that price updates touch
@notice The storage order is the original's. init(bytes32) and file(bytes32,uint256) are answered by
        __default__: the first is a reserved word in Vyper, the second an overload.
"""

struct Ilk:
    Art: uint256    # wad
    rate: uint256   # ray
    spot: uint256   # ray
    line: uint256   # rad
    dust: uint256   # rad

struct Urn:
    ink: uint256
    art: uint256

SPOT: constant(bytes32) = 0x73706f7400000000000000000000000000000000000000000000000000000000
LINE: constant(bytes32) = 0x6c696e6500000000000000000000000000000000000000000000000000000000
DUST: constant(bytes32) = 0x6475737400000000000000000000000000000000000000000000000000000000
GLOBAL_LINE: constant(bytes32) = 0x4c696e6500000000000000000000000000000000000000000000000000000000
INIT_SELECTOR: constant(bytes4) = 0x3b663195
FILE: constant(bytes4) = 0x1a0b287e
FILE_GLOBAL: constant(bytes4) = 0x29ae8114

wards: public(HashMap[address, uint256])                    # slot 0
can: public(HashMap[address, HashMap[address, uint256]])    # slot 1
ilks: public(HashMap[bytes32, Ilk])                         # slot 2
urns: public(HashMap[bytes32, HashMap[address, Urn]])       # slot 3
gem: public(HashMap[bytes32, HashMap[address, uint256]])    # slot 4
dai: public(HashMap[address, uint256])                      # slot 5
sin: public(HashMap[address, uint256])                      # slot 6
debt: public(uint256)                                       # slot 7
vice: public(uint256)                                       # slot 8
Line: public(uint256)                                       # slot 9
live: public(uint256)                                       # slot 10


@deploy
def __init__():
    self.wards[msg.sender] = 1
    self.live = 1


@internal
@view
def _auth():
    assert self.wards[msg.sender] == 1, "Vat/not-authorized"


@internal
def _note(sig: bytes4, arg1: bytes32, arg2: bytes32, arg3: bytes32):
    # The Vat's own form of the note: no caller, three words of calldata as topics.
    payload: Bytes[224] = concat(
        sig, arg1, arg2, arg3, empty(bytes32), empty(bytes32), empty(bytes32), empty(bytes28)
    )
    raw_log([convert(sig, bytes32), arg1, arg2, arg3], abi_encode(payload))


@external
def file(ilk: bytes32, what: bytes32, data: uint256):
    self._auth()
    assert self.live == 1, "Vat/not-live"
    if what == SPOT:
        self.ilks[ilk].spot = data
    elif what == LINE:
        self.ilks[ilk].line = data
    elif what == DUST:
        self.ilks[ilk].dust = data
    else:
        raise "Vat/file-unrecognized-param"
    self._note(FILE, ilk, what, convert(data, bytes32))


@external
def setArt(ilk: bytes32, art: uint256):
    """
    @notice Test setter: the ilk's normalised debt, as if vaults had drawn it.
    """
    self._auth()
    self.debt = self.debt - self.ilks[ilk].Art * self.ilks[ilk].rate + art * self.ilks[ilk].rate
    self.ilks[ilk].Art = art


@external
def rely(usr: address):
    self._auth()
    assert self.live == 1, "Vat/not-live"
    self.wards[usr] = 1
    self._note(method_id("rely(address)", output_type=bytes4), convert(usr, bytes32), empty(bytes32), empty(bytes32))


@external
def deny(usr: address):
    self._auth()
    assert self.live == 1, "Vat/not-live"
    self.wards[usr] = 0
    self._note(method_id("deny(address)", output_type=bytes4), convert(usr, bytes32), empty(bytes32), empty(bytes32))


@external
def cage():
    self._auth()
    self.live = 0
    self._note(method_id("cage()", output_type=bytes4), empty(bytes32), empty(bytes32), empty(bytes32))


@internal
def _init(ilk: bytes32):
    assert self.ilks[ilk].rate == 0, "Vat/ilk-already-init"
    self.ilks[ilk].rate = 10**27
    self._note(INIT_SELECTOR, ilk, empty(bytes32), empty(bytes32))


@internal
def _file(what: bytes32, data: bytes32):
    assert self.live == 1, "Vat/not-live"
    assert what == GLOBAL_LINE, "Vat/file-unrecognized-param"
    self.Line = convert(data, uint256)
    self._note(FILE_GLOBAL, what, data, empty(bytes32))


@external
def __default__():
    assert len(msg.data) >= 36
    sig: bytes4 = convert(slice(msg.data, 0, 4), bytes4)
    word: bytes32 = convert(slice(msg.data, 4, 32), bytes32)
    self._auth()
    if sig == INIT_SELECTOR:
        self._init(word)
    else:
        assert sig == FILE_GLOBAL
        self._file(word, convert(slice(msg.data, 36, 32), bytes32))
