import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// `eth_estimateGas` as geth does it: a limit with which the outermost call succeeds, within 1.5 % of the smallest; whether an inner call
/// starves is not looked at.
///
/// It runs the call with the most gas that it may have. What that used, less one, is too little; what it used before refunds, with the
/// stipend of a call on top and 64/63 of that, often is enough and is tried first. Between the two it halves until they are less than
/// 1.5 % of the upper apart.
struct GasEstimate {
    /// Per mille of the upper bound (geth's `estimateGasErrorRatio`).
    private static let errorRatio: UInt64 = 15
    /// Gas that a call with value hands over (Yellow Paper, G_callstipend).
    private static let stipend: Gas = 2_300

    let bench: CallBench
    /// The most that the call may have.
    let cap: Gas

    /// - Throws: the node's error.
    func limit() throws(RPCError) -> Gas {
        let arguments = bench.arguments
        if arguments.data.isEmpty, arguments.recipient != nil, arguments.authorizations == nil,
            let plain = plainTransfer(), plain.gasUsed == IntrinsicGas.base, plain.gasSpent == IntrinsicGas.base
        {
            return IntrinsicGas.base
        }
        let first = try result(cap)
        guard let first, first.succeeded else {
            if let first, first.outcome != .halted(.outOfGas) { throw ExecutionWords.failure(first) }
            throw NodeAnswer.failure("gas required exceeds allowance (\(cap))")
        }
        var (low, high) = (first.gasUsed - 1, cap)
        let likely = (first.gasUsed + first.gasRefunded + Self.stipend) * 64 / 63
        if likely < high {
            if try attempt(likely) == nil { low = likely } else { high = likely }
        }
        while low + 1 < high, (high - low) * 1_000 >= high * Self.errorRatio {
            // Most need little more than they use: the middle is not looked for far above.
            let middle = min((low + high) / 2, low * 2)
            if try attempt(middle) == nil { low = middle } else { high = middle }
        }
        return high
    }

    /// Most transfers need no search. What is wrong with it is said by the first run with all gas.
    private func plainTransfer() -> ExecutionResult? {
        do { return try attempt(IntrinsicGas.base) } catch { return nil }
    }

    /// What became of it, if it succeeded.
    private func attempt(_ gas: Gas) throws(RPCError) -> ExecutionResult? {
        guard let result = try result(gas), result.succeeded else { return nil }
        return result
    }

    /// What became of it; `nil` where the gas does not even pay for its data.
    private func result(_ gas: Gas) throws(RPCError) -> ExecutionResult? {
        do throws(EVMError) { return try bench.run(gas: gas) } catch {
            if case .invalidTransaction(.gasLimitTooLow) = error { return nil }
            let words = ExecutionWords.refusal(error, bench.arguments.transaction(gas: gas), bench.fork)
            throw NodeAnswer.failure("failed with \(gas) gas: \(words)")
        }
    }
}
