# SPDX-License-Identifier: Apache-2.0
"""Cheap state for calls that leave no trace.

py-evm's own account database journals through several layers and is made to produce state roots. A call
needs none of that: here changes live in plain dictionaries with one undo list, over values read from the
tries once and remembered.
"""

from collections import OrderedDict

import rlp
from eth.abc import AccountDatabaseAPI
from eth.constants import BLANK_ROOT_HASH, EMPTY_SHA3
from eth.rlp.accounts import Account
from eth.vm.forks.prague.state import PragueState
from eth_utils import keccak
from trie import HexaryTrie

_ABSENT = object()
_EMPTY = (0, 0, BLANK_ROOT_HASH, EMPTY_SHA3, False)


class StateReader:
    """Reads accounts, storage and code of any state root; remembers by root, so forks share nothing false."""

    ROOTS_KEPT = 4096

    def __init__(self, db):
        self.db = db
        self._accounts = OrderedDict()
        self._storage = OrderedDict()
        self._codes = {}

    def _remembered(self, table: OrderedDict, root: bytes) -> dict:
        known = table.get(root)
        if known is None:
            known = table[root] = {}
            if len(table) > self.ROOTS_KEPT:
                table.popitem(last=False)
        return known

    def account(self, root: bytes, address: bytes) -> tuple:
        """(nonce, balance, storage root, code hash, exists)"""
        known = self._remembered(self._accounts, root)
        found = known.get(address)
        if found is None:
            encoded = HexaryTrie(self.db, root)[keccak(address)]
            if encoded:
                account = rlp.decode(encoded, sedes=Account)
                found = (account.nonce, account.balance, account.storage_root, account.code_hash, True)
            else:
                found = _EMPTY
            known[address] = found
        return found

    def storage(self, storage_root: bytes, slot: int) -> int:
        """The word in a slot of the account with that storage root."""
        if storage_root == BLANK_ROOT_HASH:
            return 0
        known = self._remembered(self._storage, storage_root)
        value = known.get(slot)
        if value is None:
            encoded = HexaryTrie(self.db, storage_root)[keccak(slot.to_bytes(32, "big"))]
            value = int.from_bytes(rlp.decode(encoded), "big") if encoded else 0
            known[slot] = value
        return value

    def code(self, code_hash: bytes) -> bytes:
        """The code with that hash."""
        if code_hash == EMPTY_SHA3:
            return b""
        code = self._codes.get(code_hash)
        if code is None:
            code = self._codes[code_hash] = self.db[code_hash]
        return code


class ScratchAccounts(AccountDatabaseAPI):
    """The account database of a call: an overlay with an undo list."""

    def __init__(self, reader: StateReader, state_root: bytes):
        self.reader = reader
        self.root = state_root
        self.slots = {}
        self.balances = {}
        self.nonces = {}
        self.codes = {}
        self.warm = {}
        self.transient = {}
        self.undo = []

    def put(self, table: dict, key, value) -> None:
        """Writes so that it can be taken back."""
        self.undo.append((table, key, table.get(key, _ABSENT)))
        table[key] = value

    def take_back(self, mark: int) -> None:
        """Undoes everything written after the mark."""
        undo = self.undo
        while len(undo) > mark:
            table, key, old = undo.pop()
            if old is _ABSENT:
                del table[key]
            else:
                table[key] = old

    def _account(self, address):
        return self.reader.account(self.root, address)

    # Storage
    def get_storage(self, address, slot, from_journal=True):
        if from_journal:
            value = self.slots.get((address, slot))
            if value is not None:
                return value
        return self.reader.storage(self._account(address)[2], slot)

    def set_storage(self, address, slot, value):
        self.put(self.slots, (address, slot), value)

    def delete_storage(self, address):
        raise NotImplementedError("a call cannot wipe storage")

    def is_storage_warm(self, address, slot):
        return (address, slot) in self.warm

    def mark_storage_warm(self, address, slot):
        if (address, slot) not in self.warm:
            self.put(self.warm, (address, slot), True)

    def is_address_warm(self, address):
        return address in self.warm

    def mark_address_warm(self, address):
        if address not in self.warm:
            self.put(self.warm, address, True)

    # Accounts
    def get_balance(self, address):
        balance = self.balances.get(address)
        return self._account(address)[1] if balance is None else balance

    def set_balance(self, address, balance):
        self.put(self.balances, address, balance)

    def get_nonce(self, address):
        nonce = self.nonces.get(address)
        return self._account(address)[0] if nonce is None else nonce

    def set_nonce(self, address, nonce):
        self.put(self.nonces, address, nonce)

    def increment_nonce(self, address):
        self.set_nonce(address, self.get_nonce(address) + 1)

    def get_code(self, address):
        code = self.codes.get(address)
        return self.reader.code(self._account(address)[3]) if code is None else code

    def set_code(self, address, code):
        self.put(self.codes, address, code)

    def get_code_hash(self, address):
        code = self.codes.get(address)
        return self._account(address)[3] if code is None else keccak(code)

    def delete_code(self, address):
        self.set_code(address, b"")

    def account_has_code_or_nonce(self, address):
        return self.get_nonce(address) != 0 or self.get_code_hash(address) != EMPTY_SHA3

    def delete_account(self, address):
        for table, nothing in ((self.balances, 0), (self.nonces, 0), (self.codes, b"")):
            self.put(table, address, nothing)

    def account_exists(self, address):
        return self._account(address)[4] or not self.account_is_empty(address)

    def touch_account(self, address):
        pass

    def account_is_empty(self, address):
        return not self.account_has_code_or_nonce(address) and self.get_balance(address) == 0

    # What only a block needs
    @property
    def state_root(self):
        return self.root

    def has_root(self, state_root):
        return True

    def record(self):
        return len(self.undo)

    def discard(self, checkpoint):
        self.take_back(checkpoint)

    def commit(self, checkpoint):
        pass

    def lock_changes(self):
        self.warm.clear()

    def make_state_root(self):
        raise NotImplementedError("a call has no state root")

    def persist(self):
        raise NotImplementedError("a call leaves nothing")


class CallState(PragueState):
    """Prague's state over the overlay."""

    account_db_class = ScratchAccounts

    def set_system_contracts(self):
        pass

    def snapshot(self):
        return len(self._account_db.undo)

    def revert(self, snapshot):
        self._account_db.take_back(snapshot)

    def commit(self, snapshot):
        pass

    def get_transient_storage(self, address, slot):
        return self._account_db.transient.get((address, slot), b"")

    def set_transient_storage(self, address, slot, value):
        self._account_db.put(self._account_db.transient, (address, slot), value)

    def clear_transient_storage(self):
        self._account_db.transient.clear()
