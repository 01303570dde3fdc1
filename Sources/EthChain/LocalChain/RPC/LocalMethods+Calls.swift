import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// Calls that leave no trace.
extension LocalMethods {
    /// The call of the first parameter, on the state of the second with the overrides of the third and fourth.
    private func bench(_ parameters: Parameters) throws(RPCError) -> (bench: CallBench, balance: Wei) {
        let arguments = try CallArguments(parameters[0], core.rules.chainID)
        let (block, reader) = try state(parameters, 1)
        let accounts = try parameters.optional(2) == nil ? [:] : parameters[2].stateOverrides()
        let overrides = try parameters.optional(3) == nil ? BlockOverrides() : parameters[3].blockOverrides()
        if overrides.beaconRoot != nil { throw Self.unsupported("beaconRoot") }
        if overrides.withdrawals != nil { throw Self.unsupported("withdrawals") }
        let bench = CallBench(core, arguments, at: block, reader, accounts: accounts, overrides: overrides)
        let balance = accounts[arguments.sender]?.balance ?? bench.balance(reader)
        return (bench, balance)
    }

    private static func unsupported(_ name: String) -> RPCError {
        NodeAnswer.failure("block override \"\(name)\" is not supported for this RPC method")
    }

    func call(_ parameters: Parameters) throws(RPCError) -> JSON {
        let (bench, _) = try bench(parameters)
        defer { bench.leave() }
        let gas = gasOrCap(bench.arguments)
        let result: ExecutionResult
        do throws(EVMError) { result = try bench.run(gas: gas) } catch {
            let words = ExecutionWords.refusal(error, bench.arguments.transaction(gas: gas), bench.fork)
            throw NodeAnswer.failure("err: \(words) (supplied gas \(gas))")
        }
        guard result.succeeded else { throw ExecutionWords.failure(result) }
        return .string(Hex.encode(result.output))
    }

    private func gasOrCap(_ arguments: CallArguments) -> Gas {
        let cap = core.configuration.callGasCap
        guard let gas = arguments.gas, gas > 0 else { return cap }
        return min(gas, cap)
    }

    func estimateGas(_ parameters: Parameters) throws(RPCError) -> JSON {
        let (bench, balance) = try bench(parameters)
        defer { bench.leave() }
        let arguments = bench.arguments
        var cap = bench.evm.environment.gasLimit
        if let gas = arguments.gas, gas >= IntrinsicGas.base { cap = gas }
        if core.rules.fork >= .osaka { cap = min(cap, GasLimit.protocolCap) }
        if let fee = arguments.maxFeePerGas, fee > .zero {
            guard arguments.value <= balance else {
                throw NodeAnswer.failure("insufficient funds for transfer")
            }
            let affordable = (balance - arguments.value).rawValue / fee.rawValue
            cap = min(cap, affordable.asUInt64 ?? .max)
        }
        cap = min(cap, core.configuration.callGasCap)
        return Quantity.encode(try GasEstimate(bench: bench, cap: cap).limit())
    }

    /// Runs the call with the list of what it touched last, until nothing is added. The sender, the recipient, precompiled contracts and
    /// the fee recipient are only named for their slots: they are warm, or never paid for.
    func createAccessList(_ parameters: Parameters) throws(RPCError) -> JSON {
        let (bench, _) = try bench(parameters)
        defer { bench.leave() }
        let gas = gasOrCap(bench.arguments)
        var list = bench.arguments.accessList
        while true {
            let result: ExecutionResult
            do throws(EVMError) { result = try bench.run(gas: gas, list) } catch {
                let words = ExecutionWords.refusal(error, bench.arguments.transaction(gas: gas), bench.fork)
                throw NodeAnswer.failure(
                    "failed to apply transaction: \(TransactionHash()) err: \(words)")
            }
            let next = named(result, bench)
            if next == list {
                return CreatedAccessList(
                    accessList: list, gasUsed: result.gasUsed,
                    failure: result.succeeded ? nil : ExecutionWords.text(result.outcome)
                ).json
            }
            list = next
        }
    }

    private func named(_ result: ExecutionResult, _ bench: CallBench) -> AccessList {
        let arguments = bench.arguments
        var bare = bench.fork.precompiles
        bare.formUnion([arguments.sender, bench.evm.environment.feeRecipient])
        if let recipient = arguments.recipient ?? result.createdAddress { bare.insert(recipient) }
        return AccessList(result.touched.entries.filter { !$0.storageKeys.isEmpty || !bare.contains($0.address) })
    }
}
