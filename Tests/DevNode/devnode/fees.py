# SPDX-License-Identifier: Apache-2.0
"""What a node tells about fees."""

from .chain import GWEI, Chain
from .codec import failure, quantity, read_quantity

LOOKBACK = 20            # blocks, geth's oracle
TIP_PERCENTILE = 60      # geth's oracle
MAX_BLOCKS = 1024        # of eth_feeHistory
DEFAULT_TIP = GWEI       # wei, when the blocks say nothing


def suggested_tip(chain: Chain) -> int:
    """The tip a node suggests: a percentile of what was paid lately; wei."""
    tips = []
    for block in chain.canonical[-LOOKBACK:]:
        base_fee = block.header.base_fee_per_gas
        tips += sorted(mined.entry.tip(base_fee) for mined in block.mined)[:3]
    if not tips:
        return DEFAULT_TIP
    tips.sort()
    return tips[(len(tips) - 1) * TIP_PERCENTILE // 100]


def rewards(block, percentiles: list) -> list:
    """The tips at the percentiles of the block's gas, as geth weighs them."""
    base_fee = block.header.base_fee_per_gas
    paid = sorted((mined.entry.tip(base_fee), mined.gas_used) for mined in block.mined)
    if not paid:
        return ["0x0"] * len(percentiles)
    result, index, gas = [], 0, paid[0][1]
    for percentile in percentiles:
        threshold = int(block.header.gas_used * percentile / 100)
        while gas < threshold and index < len(paid) - 1:
            index += 1
            gas += paid[index][1]
        result.append(quantity(paid[index][0]))
    return result


def fee_history(chain: Chain, count: int, newest: int, percentiles: list | None) -> dict:
    """eth_feeHistory over canonical blocks."""
    percentiles = percentiles or []
    for index, value in enumerate(percentiles):
        if not isinstance(value, (int, float)) or not 0 <= value <= 100:
            raise failure(f"invalid reward percentile: {float(value):f}")
        if index and value <= percentiles[index - 1]:
            raise failure(f"invalid reward percentile: #{index - 1}:{percentiles[index - 1]:f} >= #{index}:{value:f}")
    if count < 1:
        return {"oldestBlock": "0x0", "gasUsedRatio": None}
    if newest > chain.head.number:
        raise failure(f"request beyond head block: requested {newest}, head {chain.head.number}")
    count = min(count, MAX_BLOCKS, newest + 1)
    blocks = chain.canonical[newest + 1 - count:newest + 1]
    following = (chain.canonical[newest + 1].header.base_fee_per_gas if newest < chain.head.number
                 else chain.expected_base_fee())
    answer = {"oldestBlock": quantity(blocks[0].number)}
    if percentiles:
        answer["reward"] = [rewards(block, percentiles) for block in blocks]
    answer["baseFeePerGas"] = [quantity(b.header.base_fee_per_gas) for b in blocks] + [quantity(following)]
    answer["gasUsedRatio"] = [_ratio(b) for b in blocks]
    answer["baseFeePerBlobGas"] = ["0x1"] * (count + 1)
    answer["blobGasUsedRatio"] = [0] * count
    return answer


def _ratio(block):
    return block.header.gas_used / block.header.gas_limit if block.header.gas_used else 0


def read_count(value) -> int:
    """The block count of eth_feeHistory: a quantity or a plain number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else read_quantity(value, 0)
