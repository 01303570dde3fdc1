# pragma version 0.4.3
# pragma optimize none
# SPDX-License-Identifier: Apache-2.0
"""
@title Oracle security module: a source's price, one clock hour late
@notice Slot 2 packs src (bytes 0-19), hop (20-21) and zzz (22-29); slots 3 and 4 pack
        has << 128 | val. pass() is answered by __default__, because the word is reserved in Vyper.
"""

interface Feed:
    def peek() -> (bytes32, bool): view

event LogValue:
    val: bytes32

VAL_MASK: constant(uint256) = 2**128 - 1
SRC_MASK: constant(uint256) = 2**160 - 1
HOP_MASK: constant(uint256) = 2**16 - 1
ZZZ_MASK: constant(uint256) = 2**64 - 1
HAS: constant(uint256) = 2**128
PASS_SELECTOR: constant(bytes4) = 0xa7a1ed72

wards: public(HashMap[address, uint256])   # slot 0
stopped: public(uint256)                   # slot 1
packed: uint256                            # slot 2: zzz | hop | src
cur: uint256                               # slot 3
nxt: uint256                               # slot 4
bud: public(HashMap[address, uint256])     # slot 5


@deploy
def __init__(source: address):
    self.wards[msg.sender] = 1
    self.packed = convert(source, uint256) | (3600 << 160)


@internal
@view
def _src() -> address:
    return convert(self.packed & SRC_MASK, address)


@internal
@view
def _hop() -> uint256:
    return (self.packed >> 160) & HOP_MASK


@internal
@view
def _zzz() -> uint256:
    return (self.packed >> 176) & ZZZ_MASK


@internal
@view
def _due() -> bool:
    return block.timestamp >= self._zzz() + self._hop()


@internal
@view
def _auth():
    assert self.wards[msg.sender] == 1, "OSM/not-authorized"


@internal
@view
def _toll():
    assert self.bud[msg.sender] == 1, "OSM/contract-not-whitelisted"


@internal
def _note(sig: bytes4, arg1: bytes32, arg2: bytes32):
    # The log of the original's `note` modifier: the selector, the caller and two words as topics,
    # 224 bytes of calldata (zeros past its end) as data.
    payload: Bytes[224] = concat(
        sig, arg1, arg2, empty(bytes32), empty(bytes32), empty(bytes32), empty(bytes32), empty(bytes28)
    )
    raw_log(
        [convert(sig, bytes32), convert(msg.sender, bytes32), arg1, arg2],
        abi_encode(payload),
    )


@external
def poke():
    assert self.stopped == 0, "OSM/is-stopped"
    assert self._due(), "OSM/not-passed"
    wut: bytes32 = empty(bytes32)
    ok: bool = False
    wut, ok = staticcall Feed(self._src()).peek()
    if ok:
        # Packed words are written member by member, as the original's compiler does.
        self.cur = (self.cur & ~VAL_MASK) | (self.nxt & VAL_MASK)
        self.cur = (self.cur & VAL_MASK) | (self.nxt & ~VAL_MASK)
        self.nxt = (self.nxt & ~VAL_MASK) | (convert(wut, uint256) & VAL_MASK)
        self.nxt = (self.nxt & VAL_MASK) | HAS
        hour: uint256 = block.timestamp - block.timestamp % self._hop()
        self.packed = (self.packed & (2**176 - 1)) | (hour << 176)
        log LogValue(val=convert(self.cur & VAL_MASK, bytes32))
    self._note(method_id("poke()", output_type=bytes4), empty(bytes32), empty(bytes32))


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
    assert self.cur >> 128 == 1, "OSM/no-current-value"
    return convert(self.cur & VAL_MASK, bytes32)


@external
@view
def src() -> address:
    return self._src()


@external
@view
def hop() -> uint16:
    return convert(self._hop(), uint16)


@external
@view
def zzz() -> uint64:
    return convert(self._zzz(), uint64)


@external
def stop():
    self._auth()
    self.stopped = 1
    self._note(method_id("stop()", output_type=bytes4), empty(bytes32), empty(bytes32))


@external
def start():
    self._auth()
    self.stopped = 0
    self._note(method_id("start()", output_type=bytes4), empty(bytes32), empty(bytes32))


@external
def void():
    self._auth()
    self.cur = 0
    self.nxt = 0
    self.stopped = 1
    self._note(method_id("void()", output_type=bytes4), empty(bytes32), empty(bytes32))


@external
def change(source: address):
    self._auth()
    self.packed = (self.packed & ~SRC_MASK) | convert(source, uint256)
    self._note(method_id("change(address)", output_type=bytes4), convert(source, bytes32), empty(bytes32))


@external
def step(ts: uint16):
    self._auth()
    assert ts > 0, "OSM/ts-is-zero"
    self.packed = (self.packed & ~(HOP_MASK << 160)) | (convert(ts, uint256) << 160)
    self._note(method_id("step(uint16)", output_type=bytes4), convert(convert(ts, uint256), bytes32), empty(bytes32))


@external
def kiss(usr: address):
    self._auth()
    assert usr != empty(address), "OSM/no-contract-0"
    self.bud[usr] = 1
    self._note(method_id("kiss(address)", output_type=bytes4), convert(usr, bytes32), empty(bytes32))


@external
def diss(usr: address):
    self._auth()
    self.bud[usr] = 0
    self._note(method_id("diss(address)", output_type=bytes4), convert(usr, bytes32), empty(bytes32))


@external
def rely(usr: address):
    self._auth()
    self.wards[usr] = 1
    self._note(method_id("rely(address)", output_type=bytes4), convert(usr, bytes32), empty(bytes32))


@external
def deny(usr: address):
    self._auth()
    self.wards[usr] = 0
    self._note(method_id("deny(address)", output_type=bytes4), convert(usr, bytes32), empty(bytes32))


@external
@view
@raw_return
def __default__() -> Bytes[32]:
    assert len(msg.data) >= 4
    assert convert(slice(msg.data, 0, 4), bytes4) == PASS_SELECTOR
    due: uint256 = 0
    if self._due():
        due = 1
    return abi_encode(due)
