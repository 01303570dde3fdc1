# SPDX-License-Identifier: Apache-2.0
"""eth_getLogs."""

from .codec import failure, invalid, read_address, read_hash

MAX_TOPICS = 4


def find_logs(methods, criteria) -> list:
    """The logs of one block by hash, or of a range of canonical blocks, that match."""
    if not isinstance(criteria, dict):
        raise invalid(0, "json: cannot unmarshal non-object into Go value of type filters.input")
    addresses = _addresses(criteria.get("address"))
    topics = _topics(criteria.get("topics") or [])
    found = []
    for block in _blocks(methods, criteria):
        for mined in block.mined:
            for offset, (address, log_topics, _) in enumerate(mined.logs):
                if (not addresses or address in addresses) and _match(topics, log_topics):
                    found.append(block.log_json(mined, offset))
    return found


def _addresses(value) -> set:
    if value is None:
        return set()
    return {read_address(item, 0) for item in (value if isinstance(value, list) else [value])}


def _topics(positions: list) -> list:
    if len(positions) > MAX_TOPICS:
        raise invalid(0, "exceed max topics")
    wanted = []
    for position in positions:
        if position is None:
            wanted.append(None)
            continue
        options = position if isinstance(position, list) else [position]
        wanted.append({int.from_bytes(read_hash(option, 0), "big") for option in options} or None)
    return wanted


def _match(wanted: list, topics) -> bool:
    if len(wanted) > len(topics):
        return False
    return all(options is None or topic in options for options, topic in zip(wanted, topics))


def _blocks(methods, criteria: dict) -> list:
    chain = methods.chain
    if criteria.get("blockHash") is not None:
        if criteria.get("fromBlock") is not None or criteria.get("toBlock") is not None:
            raise invalid(0, "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other")
        block = chain.by_hash.get(read_hash(criteria["blockHash"], 0))
        if block is None:
            raise failure("unknown block")
        return [block]
    first, last = criteria.get("fromBlock", "latest"), criteria.get("toBlock", "latest")
    if "pending" in (first, last):
        raise failure("pending logs are not supported")
    start, end = methods.block(first, 0), methods.block(last, 0)
    if start is None or end is None or start.number > end.number:
        raise failure("invalid block range params")
    return chain.canonical[start.number:end.number + 1]
