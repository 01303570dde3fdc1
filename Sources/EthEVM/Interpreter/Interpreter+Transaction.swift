import EthPrimitives
import EthTransactions

/// The outermost frame.
extension Interpreter {
    /// How it ended.
    struct Outermost {
        var outcome: FrameOutcome
        /// Left of what it was given.
        var gas: Gas
        var output: [UInt8]
        var created: Address?
    }

    func begin(_ transaction: EVMTransaction, _ gasPrice: UInt256, tracing: Bool) {
        depth = 0
        aborted = nil
        origin = transaction.sender
        self.gasPrice = gasPrice
        blobHashes = transaction.blobs?.versionedHashes ?? []
        tracer = tracing ? Tracer() : nil
    }

    /// Runs a transaction's call or creation with all inside it.
    func run(
        _ transaction: EVMTransaction, _ sender: Int, _ nonce: Nonce, _ gas: Gas
    ) throws(EVMError) -> Outermost {
        defer { for frame in frames { frame.trim() } }
        return try transaction.data.withUnsafeBufferPointer { (data) throws(EVMError) -> Outermost in
            guard let begun = self.begin(transaction, sender, nonce, gas, UnsafeRawBufferPointer(data)) else {
                let refusal = FrameOutcome.refused(.insufficientBalance)
                return Outermost(outcome: refusal, gas: gas, output: [], created: nil)
            }
            if case .inner = begun { loop() }
            if let aborted { throw aborted }
            return conclude(transaction)
        }
    }

    /// `nil` if the sender does not have the value, which only an unchecked transaction can come to.
    private func begin(
        _ transaction: EVMTransaction, _ sender: Int, _ nonce: Nonce, _ gas: Gas, _ data: UnsafeRawBufferPointer
    ) -> Begun? {
        let value = transaction.value.rawValue
        guard state.accounts[sender].balance >= value else { return nil }
        guard let recipient = transaction.recipient else {
            let address = Address.created(by: transaction.sender, nonce: nonce)
            let creation = Creation(kind: .create, address: address, creator: sender, value: value, gas: gas)
            tracer?.begin(creation, transaction.data, state)
            return enter(creation, transaction.data, isOutermost: true)
        }
        let target = state.loaded(recipient)
        var code = state.accounts[target].code
        if let delegate = delegate(of: target) {
            _ = state.warm(delegate)
            code = delegatedCode(delegate)
        }
        let call = Call(
            kind: .call, target: target, account: target, caller: transaction.sender, value: value, moves: value,
            needs: .zero, from: sender, input: data, gas: gas, isStatic: false)
        return enter(call, code, isOutermost: true)
    }

    /// Runs the frame on top until the outermost one has ended.
    private func loop() {
        while true {
            guard case .ended = run(frames[depth]) else { continue }
            if frames[depth].isTooLarge { aborted = .memoryLimit }
            if aborted != nil || depth == 0 { return }
            finish()
        }
    }

    private func conclude(_ transaction: EVMTransaction) -> Outermost {
        let frame = frames[0]
        if transaction.recipient == nil {
            deposit(frame)
        } else {
            if !frame.outcome.succeeded { state.revert(to: frame.checkpoint) }
            tracer?.end(frame.outcome, gasLeft: frame.gas, frame.output, state)
        }
        let created = transaction.recipient == nil && frame.outcome.succeeded ? frame.address : nil
        return Outermost(outcome: frame.outcome, gas: frame.gas, output: Array(frame.output), created: created)
    }
}
