import EthEVM
import EthPrimitives
import EthTransactions

/// What must hold between the gas of a result and its transaction.
enum GasLaws {
    static func check(_ result: ExecutionResult, _ transaction: EVMTransaction, _ fork: Fork) throws(Violation) {
        let intrinsic = intrinsic(transaction, fork)
        let floor = intrinsic.floor
        try demand(
            result.gasSpent <= transaction.gasLimit, "gas spent \(result.gasSpent) above the limit \(transaction.gasLimit)")
        try demand(result.gasUsed <= result.gasSpent, "gas used \(result.gasUsed) above the gas spent \(result.gasSpent)")
        try demand(result.gasRefunded <= result.gasSpent / 5, "refund \(result.gasRefunded) above a fifth of \(result.gasSpent)")
        try demand(
            result.gasUsed == max(result.gasSpent - result.gasRefunded, floor), "gas used \(result.gasUsed) of \(result.gasSpent)"
        )
        try demand(
            result.gasSpent >= max(intrinsic.standard, floor), "gas spent \(result.gasSpent) below the intrinsic \(intrinsic)")
        try demand(result.gasUsed >= floor, "gas used \(result.gasUsed) below the floor \(floor)")
        if let trace = result.trace { try check(result, trace, transaction, intrinsic) }
    }

    /// The outermost frame has what the transaction left it, and its refund is the transaction's.
    private static func check(
        _ result: ExecutionResult, _ trace: FrameTrace, _ transaction: EVMTransaction, _ intrinsic: IntrinsicGas
    ) throws(Violation) {
        try demand(trace.gasGiven == transaction.gasLimit - intrinsic.standard, "outermost frame has \(trace.gasGiven)")
        let spent = intrinsic.standard + trace.gasUsed
        try demand(result.gasSpent == max(spent, intrinsic.floor), "spent \(result.gasSpent), by its frames \(spent)")
        try demand(result.outcome == trace.outcome, "outcome \(result.outcome), of its frame \(trace.outcome)")
        try demand(result.output == trace.output, "output differs from that of its frame")
        guard transaction.authorizationList == nil else { return }
        let refund = trace.outcome.succeeded ? trace.refund : 0
        try demand(refund >= 0, "refund of \(refund)")
        try demand(
            result.gasRefunded == min(Gas(clamping: refund), spent / 5), "refunded \(result.gasRefunded), counted \(refund)")
    }

    static func intrinsic(_ transaction: EVMTransaction, _ fork: Fork) -> IntrinsicGas {
        IntrinsicGas(
            data: transaction.data, isCreation: transaction.recipient == nil, accessList: transaction.accessList,
            authorizationCount: transaction.authorizationList?.count ?? 0, fork: fork)
    }
}
