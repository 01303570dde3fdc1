@testable import EthRPC

/// What each refusal in the recorded exchanges is, by the label under which it was provoked and not by its words.
enum WireErrorLabels {
    static let kinds: [NodeErrorKind: [String]] = [
        .methodNotFound: [
            "eth_protocolVersion",
            "eth_sendPrivateTransaction (not there)",
            "eth_sendBundle (not there)",
            "eth_cancelBundle (not there)",
            "method not found",
            "namespace not enabled",
            "engine on the public port",
            "batch: mixed results and errors #1",
        ],
        .invalidParams: [
            "feeHistory percentile above 100",
            "feeHistory percentiles not ascending",
            "getStorageAt bad key",
            "getStorageAt key too long",
            "call with both blockHash and blockNumber",
            "call with state override, both state and stateDiff",
            "block override with a decimal time",
            "estimateGas, gasPrice and maxFeePerGas",
            "createAccessList with overrides (not supported)",
            "simulateV1 time not after parent",
            "simulateV1 number not after parent",
            "simulateV1 empty",
            "debug_traceCall unknown tracer",
            "bad block tag",
            "block number as decimal string",
            "block number as JSON number",
            "block number with leading zeros",
            "getLogs blockHash with fromBlock",
            "getLogs five topics",
            "sendRawTransaction: not hex",
            "sendRawTransaction: odd length",
            "missing argument",
            "too many arguments",
            "wrong type for address",
            "address not hex",
            "call: data not hex",
            "call: odd hex",
            "call: gas with leading zero",
            "call: gas as number",
            "receipt: hash too short",
            "fullTx flag missing",
            "params as an object",
            "params given as an object",
            "batch: mixed results and errors #3",
            "ws subscribe logs with a bad filter",
        ],
        .blockNotFound: [
            "feeHistory beyond the head",
            "call at a number beyond the head",
            "call at an unknown hash",
            "getStorageAt unknown hash",
            "getStorageAt beyond the head",
            "getBalance unknown hash",
            "getTransactionCount beyond the head",
            "estimateGas unknown hash",
            "createAccessList unknown hash",
            "simulateV1 unknown hash",
            "debug_traceCall beyond the head",
            "getLogs unknown block hash",
            "batch: mixed results and errors #4",
        ],
        .executionReverted: [
            "call peek without from: not whitelisted",
            "call Median.read from nobody",
            "call OSM.poke now: too early",
            "estimateGas OSM.poke too early",
            "simulateV1, two blocks, revert in the first",
            "eth_call revStr()",
            "eth_estimateGas revStr()",
            "eth_call revLong()",
            "eth_estimateGas revLong()",
            "eth_call revNoReason()",
            "eth_estimateGas revNoReason()",
            "eth_call revCustom()",
            "eth_estimateGas revCustom()",
            "eth_call revCustom0()",
            "eth_estimateGas revCustom0()",
            "eth_call panicAssert()",
            "eth_estimateGas panicAssert()",
            "eth_call panicDiv(uint256)",
            "eth_call panicOver(uint256)",
            "eth_call panicIdx(uint256)",
            "eth_call unknown selector",
            "eth_call VaultMinter.draw not keeper",
            "eth_call OracleJob.work not master: custom error NotMaster(bytes32)",
            "batch: mixed results and errors #2",
        ],
        .insufficientFunds: [
            "same without the override",
            "estimateGas, balance too small for value",
            "simulateV1 validation: insufficient funds",
            "eth_call with unaffordable fee",
            "sendRawTransaction: insufficient funds",
            "sendRawTransaction: insufficient funds for value",
            "sendRawTransaction: signature that recovers to a stranger without funds",
            "sendRawTransaction: second one: queued cost above balance",
        ],
        .gasAllowanceExceeded: [
            "estimateGas, gas field too small",
            "estimateGas, balance too small for gas at that fee",
            "estimateGas, balance allows only part of the gas",
            "estimateGas, endless loop",
            "same node: estimateGas",
            "same node: estimateGas above the cap",
            "same node: estimateGas endless loop",
        ],
        .feeCapBelowBaseFee: [
            "estimateGas, cap below base fee",
            "simulateV1 validation: base fee above cap",
            "eth_call cap below base fee",
        ],
        .tipAboveFeeCap: [
            "estimateGas, tip above cap",
            "sendRawTransaction: tip above cap",
        ],
        .requestTooLarge: [
            "simulateV1 too many blocks",
            "getLogs with 1001 addresses (--rpc.logquerylimit 1000)",
            "batch of 1001 (default --rpc.batch-request-limit 1000)",
            "batch of 21 with --rpc.batch-request-limit 20",
            "same node: six addresses over --rpc.logquerylimit 5",
            "same node: six alternatives in one topic",
        ],
        .nonceTooHigh: [
            "simulateV1 validation: nonce too high"
        ],
        .nonceTooLow: [
            "simulateV1 validation: nonce too low",
            "sendRawTransaction: nonce too low",
            "sendRawTransaction: nonce too low, other content",
        ],
        .intrinsicGasTooLow: [
            "simulateV1 validation: intrinsic gas",
            "eth_call with gas below the intrinsic",
            "eth_call with gas below the floor",
            "sendRawTransaction: intrinsic gas too low",
            "sendRawTransaction: gas below 21000",
            "sendRawTransaction: below the calldata floor (EIP-7623)",
        ],
        .gasLimitTooHigh: [
            "simulateV1 gas above the block limit",
            "sendRawTransaction: gas above the per-transaction cap (EIP-7825)",
            "sendRawTransaction: gas above the block limit",
        ],
        .transactionNotFound: [
            "debug_traceTransaction unknown hash"
        ],
        .invalidOpcode: [
            "eth_call bad()",
            "eth_estimateGas bad()",
        ],
        .outOfGas: [
            "eth_call endless loop, out of gas at the node cap",
            "eth_call out of gas at a given gas",
            "eth_call too large a return (out of gas: memory)",
            "node with --rpc.gascap 300000: eth_call MegaPoker (next hour) runs out of gas or starves",
        ],
        .wrongChain: [
            "eth_call wrong chainId field",
            "sendRawTransaction: wrong chain id",
            "sendRawTransaction: legacy, wrong chain id",
        ],
        .blockRangeInvalid: [
            "getLogs from > to",
            "getLogs beyond the head",
            "getLogs toBlock beyond the head",
        ],
        .unsupported: [
            "getLogs pending",
            "eth_sendTransaction without a local account",
            "eth_subscribe over HTTP",
            "ws subscribe unknown kind",
        ],
        .filterNotFound: [
            "getFilterChanges unknown filter",
            "ws unsubscribe unknown",
        ],
        .alreadyKnown: [
            "sendRawTransaction: already known"
        ],
        .replacementUnderpriced: [
            "sendRawTransaction: replacement, both caps +9%",
            "sendRawTransaction: replacement, only the tip raised 2x",
            "sendRawTransaction: replacement, only the cap raised 2x",
            "sendRawTransaction: replacement, both +10% less 1 wei",
            "sendRawTransaction: replacement, tip exactly +10%, cap +10% less 1 wei",
            "sendRawTransaction: the replaced transaction again",
            "sendRawTransaction: legacy replacement at the same gasPrice as the cap",
        ],
        .invalidTransaction: [
            "sendRawTransaction: nonce at 2^64-1",
            "sendRawTransaction: legacy without chain id (unprotected)",
            "sendRawTransaction: empty",
            "sendRawTransaction: garbage",
            "sendRawTransaction: truncated RLP",
            "sendRawTransaction: trailing byte",
        ],
        .underpriced: [
            "sendRawTransaction: tip 0"
        ],
        .feeCapExceeded: [
            "sendRawTransaction: fee above --rpc.txfeecap"
        ],
        .invalidSignature: [
            "sendRawTransaction: signature with r = 0",
            "sendRawTransaction: signature with s above n/2 (malleable)",
            "sendRawTransaction: yParity 7",
        ],
        .transactionTypeNotSupported: [
            "sendRawTransaction: unknown type 0x7f"
        ],
        .transactionTooLarge: [
            "sendRawTransaction: oversize data (131072 bytes of calldata)"
        ],
        .acceptedNotMined: [
            "sendRawTransactionSync (times out, EIP-7966)"
        ],
        .invalidRequest: [
            "parse error",
            "parse error: not JSON",
            "empty batch",
            "no method",
            "no jsonrpc field",
            "jsonrpc 1.0",
            "id is an object",
            "batch with one bad element",
        ],
        .blockNotCanonical: [
            "reorg: call pinned to orphan A, requireCanonical true",
            "reorg: getStorageAt orphan A, requireCanonical true",
        ],
        .stateUnavailable: [
            "pruned node (gcmode full): call at a state that is gone",
            "pruned node: getStorageAt at a state that is gone",
            "pruned node: estimateGas at a state that is gone",
            "pruned node: getBalance at a state that is gone",
            "pruned node: by hash",
            "path-scheme full node, head 321: getBalance at block 5",
            "path-scheme full node, head 321: getBalance at block 150",
            "path-scheme full node: eth_call at block 5",
            "path-scheme full node: estimateGas at block 5",
        ],
        .resultTooLarge: [
            "batch response above --rpc.batch-response-max-size 20000: later elements are errors"
        ],
        .queryTimeout: [
            "node with --rpc.evmtimeout 20ms and no gas cap: endless loop times out",
            "same node: simulateV1 endless loop",
        ],
    ]

    /// The kind that a label stands for.
    static let byLabel: [String: NodeErrorKind] = {
        var found: [String: NodeErrorKind] = [:]
        for (kind, labels) in kinds { for label in labels { found[label] = kind } }
        return found
    }()
}
