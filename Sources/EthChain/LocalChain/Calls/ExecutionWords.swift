import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// What geth says of executions that fail.
enum ExecutionWords {
    /// The error of a call that was run and failed.
    static func failure(_ result: ExecutionResult) -> RPCError {
        if result.outcome == .reverted {
            return NodeAnswer.failure(reverted(result.output), code: 3, data: result.output)
        }
        return NodeAnswer.failure(text(result.outcome))
    }

    /// "execution reverted", and the reason if there is one.
    static func reverted(_ output: [UInt8]) -> String {
        switch RevertReason.decode(output) {
        case .message(let text): "execution reverted: \(text)"
        case .panic(let code): "execution reverted: \(panic(code))"
        case .custom, .raw, .empty: "execution reverted"
        }
    }

    static func text(_ outcome: FrameOutcome) -> String {
        switch outcome {
        case .succeeded: ""
        case .reverted: "execution reverted"
        case .refused(.insufficientBalance): "insufficient balance for transfer"
        case .refused(.depth): "max call depth exceeded"
        case .refused(.nonceOverflow): "nonce uint64 overflow"
        case .halted(let halt):
            switch halt {
            case .outOfGas: "out of gas"
            case .stackUnderflow: "stack underflow"
            case .stackOverflow: "stack limit reached 1024 (1023)"
            case .invalidJump: "invalid jump destination"
            case .invalidOpcode: "invalid opcode: INVALID"
            case .writeInStaticCall: "write protection"
            case .returnDataOutOfBounds: "return data out of bounds"
            case .codeTooLarge: "max code size exceeded"
            case .codeRejected: "invalid code: must not begin with 0xef"
            case .initCodeTooLarge: "max initcode size exceeded"
            case .createCollision: "contract address collision"
            case .precompileFailed: "precompile failed"
            }
        }
    }

    /// Why a call was not run.
    static func refusal(_ error: EVMError, _ transaction: EVMTransaction, _ fork: Fork) -> String {
        guard case .invalidTransaction(let reason) = error else { return "\(error)" }
        let (sender, fees) = (transaction.sender, transaction.fees)
        switch reason {
        case .gasLimitTooLow:
            let needed = IntrinsicGas(
                data: transaction.data, isCreation: transaction.recipient == nil, accessList: transaction.accessList,
                authorizationCount: transaction.authorizationList?.count ?? 0, fork: fork)
            return transaction.gasLimit < needed.standard
                ? "intrinsic gas too low: have \(transaction.gasLimit), want \(needed.standard)"
                : "insufficient gas for floor data gas cost: have \(transaction.gasLimit), want \(needed.floor)"
        case .insufficientFunds(let needed, let has):
            let want = needed.map { "\($0)" } ?? "more than 2^256"
            return "insufficient funds for gas * price + value: address \(sender) have \(has.rawValue) want \(want)"
        case .feeCapBelowBaseFee(let base):
            return "max fee per gas less than block base fee: address \(sender), maxFeePerGas: \(fees.maxFeePerGas.rawValue), "
                + "baseFee: \(base.rawValue)"
        case .priorityFeeAboveFeeCap:
            return "max priority fee per gas higher than max fee per gas: address \(sender), maxPriorityFeePerGas: "
                + "\(fees.maxPriorityFeePerGas.rawValue), maxFeePerGas: \(fees.maxFeePerGas.rawValue)"
        case .nonceTooLow(let state):
            return "nonce too low: address \(sender), tx: \(transaction.nonce ?? 0) state: \(state)"
        case .nonceTooHigh(let state):
            return "nonce too high: address \(sender), tx: \(transaction.nonce ?? 0) state: \(state)"
        case .nonceAtLimit: return "nonce has max value: address \(sender), nonce: \(transaction.nonce ?? .max)"
        case .senderHasCode: return "sender not an eoa: address \(sender)"
        case .initCodeTooLarge(let size):
            return "max initcode size exceeded: code size \(size) limit \(StatelessRules.maximumInitCode)"
        case .noBlobs: return "blob transaction missing blob hashes"
        case .blobCreatesContract: return "blob transaction of type create"
        case .blobFeeCapTooLow(let base):
            return "max fee per blob gas less than block blob gas fee: address \(sender) blobGasFeeCap: "
                + "\(transaction.blobs?.maxFeePerBlobGas.rawValue ?? .zero), blobBaseFee: \(base.rawValue)"
        case .noAuthorizations: return "EIP-7702 transaction with empty auth list (sender \(sender))"
        case .typeNotSupported: return "transaction type not supported"
        default: return "\(reason)"
        }
    }

    /// The code of `eth_simulateV1` for it (execution-apis).
    static func simulationCode(_ error: EVMError) -> Int {
        guard case .invalidTransaction(let reason) = error else { return -32_603 }
        return switch reason {
        case .nonceTooLow: -38_010
        case .nonceTooHigh: -38_011
        case .gasLimitTooLow: -38_013
        case .insufficientFunds: -38_014
        case .gasLimitAboveBlock: -38_015
        case .feeCapBelowBaseFee: -38_012
        case .senderHasCode: -38_024
        case .initCodeTooLarge: -38_025
        default: -32_602
        }
    }

    /// Solidity's panics in geth's words.
    private static func panic(_ code: UInt256) -> String {
        switch code.asUInt64 {
        case 0x00: "generic panic"
        case 0x01: "assert(false)"
        case 0x11: "arithmetic underflow or overflow"
        case 0x12: "division or modulo by zero"
        case 0x21: "enum overflow"
        case 0x22: "invalid encoded storage byte array accessed"
        case 0x31: "out-of-bounds array access; popping on an empty array"
        case 0x32: "out-of-bounds access of an array or bytesN"
        case 0x41: "out of memory"
        case 0x51: "uninitialized function"
        default: "unknown panic code: \(code.hexQuantity)"
        }
    }
}
