# SPDX-License-Identifier: Apache-2.0
"""The chain: blocks by hash, which of them are canonical, and how the next is made.

Blocks are executed by py-evm's Prague rules. Its Chain class is not used: it insists on the base fee of
EIP-1559 and knows no orphans that can be asked about. So headers are put together here, with the base fee that
the test asks for, and every block ever made is kept with its state.
"""

from eth.db.atomic import AtomicDB
from eth.db.chain import ChainDB
from eth.db.trie import make_trie_root_and_nodes
from eth.vm.chain_context import ChainContext
from eth.consensus.context import ConsensusContext
from eth.vm.forks.london.headers import calculate_expected_base_fee_per_gas
from eth.vm.forks.prague import PragueVM
from eth.vm.forks.prague.blocks import PragueBlockHeader
from eth.vm.forks.prague.state import PragueState, PragueTransactionExecutor
from eth_utils import ValidationError, keccak

from .block import Block, Mined
from .clock import Clock
from .codec import failure
from .evm import Bench
from .pool import Pool
from .state import StateReader

FEE_RECIPIENT = bytes.fromhex("00" * 17 + "0fee01")
EXTRA_DATA = b"devnode"
NO_NONCE = bytes(8)      # since the merge
GWEI = 10**9


class DevExecutor(PragueTransactionExecutor):
    """Does not recover the sender again: the pool has done so."""

    def validate_transaction(self, transaction):
        self.vm_state.validate_transaction(transaction)


class DevState(PragueState):
    """Prague's state without the two system contracts, which this chain does not have."""

    transaction_executor_class = DevExecutor

    def set_system_contracts(self):
        pass


class DevVM(PragueVM):
    """Prague's rules; the base fee is whatever the header says."""

    _state_class = DevState


class Chain:
    """Every block, the canonical line through them, the pool and the clock."""

    vm_class = DevVM

    def __init__(self, chain_id: int, genesis_time: int, gas_limit: int, base_fee: int, balances: dict):
        self.chain_id = chain_id
        self.gas_limit = gas_limit
        self.db = AtomicDB()
        self.chaindb = ChainDB(self.db)
        self.reader = StateReader(self.db)
        self.context = ChainContext(chain_id)
        self.pool = Pool()
        self.clock = Clock()
        self.arrivals = 0
        self.siblings = 0                # counts reorgs, to tell siblings apart
        self.next_base_fee = None        # devnode_setNextBaseFee, wei
        self.base_fee_at = None          # a scenario's series: block time to wei
        self.on_block = None             # called with each block that is made
        self.balances = dict(balances)   # before the first block, wei
        self.held = {}                   # devnode_hold: sender to the number of the first block that takes its transactions
        self.by_hash = {}
        self.canonical = []              # by number
        self.places = {}                 # transaction hash to (block, index), canonical only
        genesis = self._genesis(genesis_time, base_fee, balances)
        self._adopt(genesis)

    # Reading
    @property
    def head(self) -> Block:
        """The last canonical block."""
        return self.canonical[-1]

    def is_canonical(self, block: Block) -> bool:
        """Whether the block lies on the canonical line."""
        return block.number < len(self.canonical) and self.canonical[block.number] is block

    def account(self, block: Block, address: bytes) -> tuple:
        """(nonce, balance, storage root, code hash, exists) after the block."""
        return self.reader.account(block.header.state_root, address)

    def nonce(self, address: bytes) -> int:
        """The nonce of an account at the head."""
        return self.account(self.head, address)[0]

    def bench(self, block: Block, overrides: dict, base_fee: int) -> Bench:
        """A state after the block on which calls can be tried."""
        return Bench(self.reader, block.header, self.chain_id, self._ancestors(block), overrides, base_fee)

    def _ancestors(self, block: Block):
        hash_ = block.header.parent_hash
        for _ in range(256):
            parent = self.by_hash.get(hash_)
            if parent is None:
                return
            yield parent.hash
            hash_ = parent.header.parent_hash

    def expected_base_fee(self, time: int | None = None) -> int:
        """The base fee of the next block, if made at that time; wei."""
        if self.next_base_fee is not None:
            return self.next_base_fee
        if self.base_fee_at is not None:
            return self.base_fee_at(self.clock.next(self.head.header.timestamp) if time is None else time)
        return calculate_expected_base_fee_per_gas(self.head.header)

    # Making blocks
    def _genesis(self, time: int, base_fee: int, balances: dict) -> Block:
        header = PragueBlockHeader(difficulty=0, block_number=0, gas_limit=self.gas_limit, timestamp=time,
                                   base_fee_per_gas=base_fee, extra_data=EXTRA_DATA, coinbase=FEE_RECIPIENT,
                                   nonce=NO_NONCE)
        state = self.vm_class.build_state(self.db, header, self.context)
        for address, balance in balances.items():
            state.set_balance(address, balance)
        state.persist()
        return Block(header.copy(state_root=state.state_root), [])

    def _adopt(self, block: Block) -> None:
        self.by_hash[block.hash] = block
        self.canonical.append(block)
        for mined in block.mined:
            self.places[mined.entry.hash] = (block, mined)

    def mine(self, time: int | None = None, skip: int = 0, with_pool: bool = True) -> Block:
        """Makes the next block."""
        parent = self.head
        time = self.clock.next(parent.header.timestamp, skip) if time is None else time
        if time <= parent.header.timestamp:
            raise failure(f"timestamp {time} is not after the parent's {parent.header.timestamp}")
        base_fee = self.expected_base_fee(time)
        extra = EXTRA_DATA if not self.siblings else EXTRA_DATA + b" sibling %d" % self.siblings
        header = PragueBlockHeader(
            difficulty=0, block_number=parent.number + 1, gas_limit=self.gas_limit, timestamp=time,
            coinbase=FEE_RECIPIENT, parent_hash=parent.hash, state_root=parent.header.state_root,
            extra_data=extra, mix_hash=keccak(parent.hash), base_fee_per_gas=base_fee, nonce=NO_NONCE,
            parent_beacon_block_root=keccak(b"beacon" + parent.hash))
        vm = self.vm_class(header, self.chaindb, self.context, ConsensusContext(self.db))
        vm._state = self.vm_class.build_state(self.db, header, self.context, self._hashes_from(parent))
        mined, receipts, header = self._fill(vm, header) if with_pool else ([], [], header)
        vm.state.persist()
        tx_root, _ = make_trie_root_and_nodes([m.entry.tx for m in mined])
        receipt_root, _ = make_trie_root_and_nodes(receipts)
        block = Block(header.copy(state_root=vm.state.state_root, transaction_root=tx_root,
                                  receipt_root=receipt_root), mined)
        self._adopt(block)
        if self.on_block is not None:
            self.on_block(block)
        self.clock.spend()
        self.next_base_fee = None
        for m in mined:
            self.pool.remove(m.entry)
        self.pool.prune(self.nonce)
        return block

    def _hashes_from(self, parent: Block):
        return _Lazy(self, parent)

    def _fill(self, vm, header) -> tuple:
        """Takes from the pool by tip, each sender in nonce order, until the gas is used up."""
        base_fee = header.base_fee_per_gas
        waiting = {sender: run for sender, run in self.pool.ready(self.nonce).items()
                   if self.held.get(sender, 0) <= header.block_number}
        mined, receipts, logs_before = [], [], 0
        while waiting:
            best = max((run[0] for run in waiting.values()), key=lambda e: (e.tip(base_fee), -e.order))
            run = waiting[best.sender]
            room = header.gas_limit - header.gas_used
            if best.tip(base_fee) < 0 or best.tx.gas > room:
                del waiting[best.sender]
                continue
            try:
                receipt, computation = vm.apply_transaction(header, best.tx)
            except ValidationError:
                del waiting[best.sender]
                continue
            logs = computation.get_log_entries()
            used = receipt.gas_used - header.gas_used
            mined.append(Mined(best, len(mined), 0 if computation.is_error else 1, used, receipt.gas_used, logs,
                               logs_before, receipt.bloom))
            receipts.append(receipt)
            logs_before += len(logs)
            header = header.copy(gas_used=receipt.gas_used, bloom=header.bloom | receipt.bloom)
            run.pop(0)
            if not run:
                del waiting[best.sender]
        return mined, receipts, header

    # Going back
    def rewind(self, depth: int) -> list:
        """Takes the head back; the orphans' transactions return to the pool. Gives the orphans, oldest first."""
        if not 0 < depth < len(self.canonical):
            raise failure(f"cannot go back {depth} blocks from block {self.head.number}")
        orphans = self.canonical[-depth:]
        del self.canonical[-depth:]
        for orphan in orphans:
            for mined in orphan.mined:
                self.places.pop(mined.entry.hash, None)
                self.pool.restore(mined.entry)
        return orphans

    def reorg(self, depth: int, blocks: int | None = None, skip_transactions: bool = False) -> list:
        """Replaces the last blocks by siblings at the same times; gives the orphans."""
        orphans = self.rewind(depth)
        self.siblings += 1
        for index in range(max(depth, blocks or depth)):
            if index < depth:
                old = orphans[index].header
                self.next_base_fee = old.base_fee_per_gas if self.base_fee_at is None else None
                self.mine(time=old.timestamp, with_pool=not skip_transactions)
            else:
                self.mine(with_pool=not skip_transactions)
        return orphans

    def snapshot(self) -> tuple:
        """All that revert brings back."""
        return (list(self.canonical), dict(self.places), self.pool.copy(), self.clock.copy(),
                self.next_base_fee, self.siblings, dict(self.held))

    def revert(self, saved: tuple) -> None:
        """Back to a snapshot. Blocks made since stay known by hash."""
        canonical, places, pool, clock, base_fee, siblings, held = saved
        self.canonical, self.places = list(canonical), dict(places)
        self.pool, self.clock = pool.copy(), clock.copy()
        self.next_base_fee = base_fee
        self.held = dict(held)
        self.siblings = max(siblings, self.siblings)

    def arrival(self) -> int:
        """A number for the next transaction that arrives."""
        self.arrivals += 1
        return self.arrivals


class _Lazy:
    """The hashes behind a block, walked only when BLOCKHASH asks."""

    def __init__(self, chain: Chain, parent: Block):
        self._chain, self._parent = chain, parent

    def __iter__(self):
        yield self._parent.hash
        yield from self._chain._ancestors(self._parent)
