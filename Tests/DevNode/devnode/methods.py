# SPDX-License-Identifier: Apache-2.0
"""The eth_, net_ and web3_ methods."""

from eth_utils import to_checksum_address

from . import VERSION, fees
from .accounts import ACCOUNTS, BY_ADDRESS
from .block import transaction_json
from .calls import Call, Caller, read_overrides
from .codec import data, failure, invalid, quantity, read_address, read_block_number, read_data, read_hash, read_slot
from .logs import find_logs
from .transaction import decoded, signed

SAFE_DEPTH, FINAL_DEPTH = 2, 4   # blocks behind the head; short, so that tests see them move
FEE_CAP = 10**18                 # wei, geth's --rpc.txfeecap


class Methods:
    """What the public side of the node answers. A method's docstring names nothing: its name says it."""

    # name: (least, most) parameters
    ARITY = {
        "web3_clientVersion": (0, 0), "net_version": (0, 0), "net_listening": (0, 0), "eth_chainId": (0, 0),
        "eth_syncing": (0, 0), "eth_blockNumber": (0, 0), "eth_gasPrice": (0, 0), "eth_maxPriorityFeePerGas": (0, 0),
        "eth_blobBaseFee": (0, 0), "eth_accounts": (0, 0), "eth_getBlockByNumber": (2, 2), "eth_getBlockByHash": (2, 2),
        "eth_getBalance": (1, 2), "eth_getCode": (1, 2), "eth_getStorageAt": (2, 3), "eth_getTransactionCount": (1, 2),
        "eth_call": (1, 4), "eth_estimateGas": (1, 4), "eth_sendRawTransaction": (1, 1), "eth_sendTransaction": (1, 1),
        "eth_getTransactionByHash": (1, 1), "eth_getTransactionReceipt": (1, 1), "eth_getBlockReceipts": (1, 1),
        "eth_getLogs": (1, 1), "eth_feeHistory": (2, 3), "txpool_status": (0, 0), "txpool_content": (0, 0),
    }

    def __init__(self, chain, advance):
        self.chain = chain
        self.caller = Caller(chain)
        self.advance = advance       # called before the head is polled, or None

    # Which block
    def block(self, reference, index: int):
        """The block that a parameter names; None when it is not there by number or hash alone."""
        chain = self.chain
        if isinstance(reference, dict):
            return self._block_1898(reference, index)
        if reference is None or reference in ("latest", "pending"):
            return chain.head
        if reference == "earliest":
            return chain.canonical[0]
        if reference in ("safe", "finalized"):
            depth = SAFE_DEPTH if reference == "safe" else FINAL_DEPTH
            return chain.canonical[max(0, chain.head.number - depth)]
        if isinstance(reference, str) and len(reference) == 66:
            return chain.by_hash.get(read_hash(reference, index))
        number = read_block_number(reference, index)
        return chain.canonical[number] if number < len(chain.canonical) else None

    def _block_1898(self, reference: dict, index: int):
        hash_, number = reference.get("blockHash"), reference.get("blockNumber")
        if hash_ is not None and number is not None:
            raise invalid(index, "cannot specify both BlockHash and BlockNumber, choose one or the other")
        if hash_ is None:
            if number is None:
                raise invalid(index, "cannot unmarshal object without blockHash or blockNumber")
            return self.block(number, index)
        block = self.chain.by_hash.get(read_hash(hash_, index))
        if block is None:
            raise failure("header for hash not found")
        if reference.get("requireCanonical") and not self.chain.is_canonical(block):
            raise failure("hash is not currently canonical")
        return block

    def state_block(self, params: list, index: int):
        """The block whose state is asked for."""
        reference = params[index] if len(params) > index else None
        block = self.block(reference, index)
        if block is None:
            by_hash = isinstance(reference, str) and len(reference) == 66
            raise failure("header for hash not found" if by_hash else "header not found")
        return block

    # Constants
    def web3_clientVersion(self, params):
        return f"KeeperKitDevNode/v{VERSION}/py-evm"

    def net_version(self, params):
        return str(self.chain.chain_id)

    def net_listening(self, params):
        return True

    def eth_chainId(self, params):
        return quantity(self.chain.chain_id)

    def eth_syncing(self, params):
        return False

    def eth_accounts(self, params):
        return [data(account.address) for account in ACCOUNTS.values()]

    # Blocks
    def eth_blockNumber(self, params):
        return quantity(self.chain.head.number)

    def eth_getBlockByNumber(self, params):
        if params[0] == "latest" and self.advance is not None:
            self.advance()
        block = self.block(params[0], 0)
        return None if block is None else block.as_json(self._flag(params[1]))

    def eth_getBlockByHash(self, params):
        block = self.chain.by_hash.get(read_hash(params[0], 0))
        return None if block is None else block.as_json(self._flag(params[1]))

    @staticmethod
    def _flag(value) -> bool:
        if not isinstance(value, bool):
            raise invalid(1, "json: cannot unmarshal non-bool into Go value of type bool")
        return value

    def eth_getBlockReceipts(self, params):
        block = self.block(params[0], 0)
        return None if block is None else [block.receipt_json(mined) for mined in block.mined]

    # State
    def eth_getBalance(self, params):
        address = read_address(params[0], 0)
        return quantity(self.chain.account(self.state_block(params, 1), address)[1])

    def eth_getCode(self, params):
        address = read_address(params[0], 0)
        return data(self.chain.reader.code(self.chain.account(self.state_block(params, 1), address)[3]))

    def eth_getStorageAt(self, params):
        address, slot = read_address(params[0], 0), read_slot(params[1])
        root = self.chain.account(self.state_block(params, 2), address)[2]
        return data(self.chain.reader.storage(root, slot).to_bytes(32, "big"))

    def eth_getTransactionCount(self, params):
        address = read_address(params[0], 0)
        nonce = self.chain.account(self.state_block(params, 1), address)[0]
        if len(params) > 1 and params[1] == "pending":
            nonce = self.chain.pool.next_nonce(address, nonce)
        return quantity(nonce)

    # Calls
    def eth_call(self, params):
        call = Call(params[0])
        return self.caller.call(call, self.state_block(params, 1), read_overrides(params))

    def eth_estimateGas(self, params):
        call = Call(params[0])
        return quantity(self.caller.estimate(call, self.state_block(params, 1), read_overrides(params)))

    # Transactions
    def eth_sendRawTransaction(self, params):
        entry = decoded(read_data(params[0], 0), self.chain.chain_id, self.chain.arrival())
        return self._accept(entry)

    def _accept(self, entry):
        chain = self.chain
        fee = entry.fee_cap * entry.tx.gas
        if fee > FEE_CAP:
            raise failure(f"tx fee ({fee / 10**18:.2f} ether) exceeds the configured cap (1.00 ether)")
        nonce, balance = chain.account(chain.head, entry.sender)[:2]
        chain.pool.add(entry, nonce, balance, chain.gas_limit)
        return data(entry.hash)

    def eth_sendTransaction(self, params):
        call, chain = Call(params[0]), self.chain
        account = BY_ADDRESS.get(call.sender)
        if account is None:
            raise failure("unknown account")
        tip = call.tip if call.tip is not None else fees.suggested_tip(chain)
        cap = call.fee_cap if call.fee_cap is not None else 2 * chain.head.header.base_fee_per_gas + tip
        gas = call.gas or self.caller.estimate(call, chain.head, {})
        nonce = call.nonce if call.nonce is not None else chain.pool.next_nonce(call.sender, chain.nonce(call.sender))
        return self._accept(signed(account, chain.chain_id, nonce, call.to or b"", call.data, gas, tip, cap, call.value,
                                   chain.arrival()))

    def eth_getTransactionByHash(self, params):
        tx_hash = read_hash(params[0], 0)
        place = self.chain.places.get(tx_hash)
        if place is not None:
            block, mined = place
            return transaction_json(mined.entry, block, mined.index)
        waiting = self.chain.pool.get(tx_hash)
        return None if waiting is None else transaction_json(waiting)

    def eth_getTransactionReceipt(self, params):
        place = self.chain.places.get(read_hash(params[0], 0))
        return None if place is None else place[0].receipt_json(place[1])

    def eth_getLogs(self, params):
        return find_logs(self, params[0])

    def txpool_status(self, params):
        ready = sum(len(run) for run in self.chain.pool.ready(self.chain.nonce).values())
        return {"pending": quantity(ready), "queued": quantity(len(self.chain.pool) - ready)}

    def txpool_content(self, params):
        ready = {entry.hash for run in self.chain.pool.ready(self.chain.nonce).values() for entry in run}
        answer = {"pending": {}, "queued": {}}
        for entry in self.chain.pool.entries():
            part = answer["pending" if entry.hash in ready else "queued"]
            part.setdefault(to_checksum_address(entry.sender), {})[str(entry.tx.nonce)] = transaction_json(entry)
        return answer

    # Fees
    def eth_gasPrice(self, params):
        return quantity(self.chain.head.header.base_fee_per_gas + fees.suggested_tip(self.chain))

    def eth_maxPriorityFeePerGas(self, params):
        return quantity(fees.suggested_tip(self.chain))

    def eth_blobBaseFee(self, params):
        return "0x1"

    def eth_feeHistory(self, params):
        count = fees.read_count(params[0])
        newest = params[1]
        if isinstance(newest, str) and newest.startswith("0x"):
            number = read_block_number(newest, 1)
        else:
            number = self.state_block(params, 1).number
        return fees.fee_history(self.chain, count, number, params[2] if len(params) > 2 else None)
