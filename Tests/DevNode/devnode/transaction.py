# SPDX-License-Identifier: Apache-2.0
"""Reading transactions off the wire and signing those of the chain's own accounts."""

import rlp
from eth.vm.forks.prague.transactions import PragueTransactionBuilder as Builder
from eth_keys import keys
from rlp.exceptions import DecodingError, RLPException

from .block import Entry
from .codec import failure

SECP256K1_N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
SIZE_LIMIT = 128 * 1024   # bytes, of the pool
TYPES = (1, 2)


def signed(account, chain_id: int, nonce: int, to: bytes, payload: bytes, gas: int, tip: int, cap: int,
           value: int = 0, order: int = 0, access_list: tuple = ()) -> Entry:
    """A type-2 transaction of one of the chain's own accounts."""
    unsigned = Builder.new_unsigned_dynamic_fee_transaction(
        chain_id=chain_id, nonce=nonce, max_priority_fee_per_gas=tip, max_fee_per_gas=cap, gas=gas,
        to=to, value=value, data=payload, access_list=access_list)
    return entry_of(unsigned.as_signed_transaction(account.key), account.address, order)


def entry_of(tx, sender: bytes, order: int) -> Entry:
    """Remembers the sender, so that it is recovered from the signature once at most."""
    tx.__dict__["sender"] = sender
    return Entry(tx, sender, order)


def decoded(raw: bytes, chain_id: int, order: int) -> Entry:
    """A raw transaction, with the wording of a node when it is not one."""
    if not raw or (raw[0] < 0x80 and len(raw) < 2):
        raise failure("typed transaction too short")
    if len(raw) > SIZE_LIMIT:
        raise failure(f"oversized data: transaction size {len(raw)}, limit {SIZE_LIMIT}")
    if raw[0] < 0x80 and raw[0] not in TYPES:
        raise failure("transaction type not supported")
    body = raw if raw[0] >= 0xC0 else raw[1:]
    try:
        rlp.decode(body)
    except DecodingError as error:
        trailing = "trailing" in str(error) or "Superfluous" in str(error)
        raise failure("rlp: input contains more than one value" if trailing
                      else "rlp: value size exceeds available input length")
    try:
        tx = Builder.decode(raw)
    except (RLPException, ValueError, TypeError) as error:
        raise failure(f"rlp: {error}")
    except Exception as error:   # py-evm's validation of fields
        raise failure(str(error))
    if raw[0] >= 0xC0:
        if tx.v in (27, 28):
            raise failure("only replay-protected (EIP-155) transactions allowed over RPC")
        if tx.v < 35:
            raise failure("invalid sender: invalid transaction v, r, s values")
        have = (tx.v - 35) // 2
    else:
        have = tx.chain_id
    if have != chain_id:
        raise failure(f"invalid sender: invalid chain id for signer: have {have} want {chain_id}")
    if not 0 < tx.r < SECP256K1_N or not 0 < tx.s <= SECP256K1_N // 2 or tx.y_parity not in (0, 1):
        raise failure("invalid sender: invalid transaction v, r, s values")
    try:
        signature = keys.Signature(vrs=(tx.y_parity, tx.r, tx.s))
        sender = signature.recover_public_key_from_msg(tx.get_message_for_signing()).to_canonical_address()
    except Exception:
        raise failure("invalid sender: invalid transaction v, r, s values")
    return entry_of(tx, sender, order)
