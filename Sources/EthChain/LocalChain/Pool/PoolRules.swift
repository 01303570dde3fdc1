import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// Which transactions a pool takes, and why not the others: the rules and words of geth's, without its limits on single accounts.
struct PoolRules {
    /// Percent by which both caps must rise to replace a transaction (geth's `--txpool.pricebump`).
    private static let priceBump: UInt256 = 10
    /// The same for blob transactions, on all three caps (geth's `--blobpool.pricebump`).
    private static let blobPriceBump: UInt256 = 100
    /// The least tip, wei (geth's `--txpool.pricelimit`).
    private static let minimumTip = Wei(1)

    let fork: Fork
    let blobs: BlobSchedule?
    /// Of the head.
    let gasLimit: Gas
    let limit: Int

    /// - Parameters:
    ///   - account: the sender's, at the head.
    ///   - pool: what waits already.
    /// - Throws: the node's refusal.
    func check(_ transaction: PooledTransaction, _ account: Account, _ pool: TransactionPool) throws(RPCError) {
        if pool[transaction.hash] != nil { throw NodeAnswer.failure("already known") }
        try checkForm(transaction)
        try checkGas(transaction)
        let nonce = transaction.nonce
        guard nonce >= account.nonce else {
            throw NodeAnswer.failure("nonce too low: next nonce \(account.nonce), tx nonce \(nonce)")
        }
        if !account.code.bytes.isEmpty, account.code.delegate == nil || fork < .prague {
            throw NodeAnswer.failure("sender not an eoa")
        }
        let queue = pool.queue(of: transaction.sender)
        let rival = queue[nonce]
        try checkFunds(transaction, account.balance, queue.values.filter { $0.nonce != nonce })
        if let rival {
            guard Self.replaces(transaction, rival) else { throw NodeAnswer.failure("replacement transaction underpriced") }
        } else if pool.count >= limit {
            throw NodeAnswer.failure("txpool is full")
        }
    }

    private func checkForm(_ transaction: PooledTransaction) throws(RPCError) {
        let unsigned = transaction.sealed.unsigned
        guard unsigned.type.firstFork <= fork else { throw NodeAnswer.failure("transaction type not supported") }
        if transaction.sealed.fields.recipient == nil, fork >= .shanghai,
            transaction.sealed.fields.data.count > StatelessRules.maximumInitCode
        {
            throw NodeAnswer.failure(
                "max initcode size exceeded: code size \(transaction.sealed.fields.data.count), limit \(StatelessRules.maximumInitCode)"
            )
        }
        switch unsigned {
        case .setCode(let setCode):
            if setCode.authorizationList.isEmpty {
                throw NodeAnswer.failure("set code tx must have at least one authorization tuple")
            }
        case .blob(let blob):
            if blob.blobVersionedHashes.isEmpty { throw NodeAnswer.failure("blobless blob transaction") }
            let most = StatelessRules.maximumBlobs(fork)
            if blob.blobVersionedHashes.count > most {
                throw NodeAnswer.failure(
                    "too many blobs in transaction: have \(blob.blobVersionedHashes.count), permitted \(most)")
            }
            if let odd = blob.blobVersionedHashes.first(where: { $0[0] != StatelessRules.blobVersion }) {
                throw NodeAnswer.failure("blob 0 has invalid hash version \(odd[0])")
            }
        case .legacy, .accessList, .feeMarket: break
        }
    }

    private func checkGas(_ transaction: PooledTransaction) throws(RPCError) {
        let gas = transaction.sealed.fields.gasLimit
        // geth looks at the cap of a transaction first, where there is one.
        if fork >= .osaka, gas > GasLimit.protocolCap {
            throw NodeAnswer.failure("transaction gas limit too high (cap: \(GasLimit.protocolCap), tx: \(gas))")
        }
        if gas > gasLimit { throw NodeAnswer.failure("exceeds block gas limit") }
        let fees = transaction.sealed.fees
        if fees.maxPriorityFeePerGas > fees.maxFeePerGas {
            throw NodeAnswer.failure("max priority fee per gas higher than max fee per gas")
        }
        let needed = IntrinsicGas(transaction.sealed.unsigned, fork: fork)
        if gas < needed.standard {
            let shown = gas < IntrinsicGas.base ? IntrinsicGas.base : needed.standard
            throw NodeAnswer.failure("intrinsic gas too low: gas \(gas), minimum needed \(shown)")
        }
        if gas < needed.floor {
            throw NodeAnswer.failure("insufficient gas for floor data gas cost: gas \(gas), minimum needed \(needed.floor)")
        }
        if fees.maxPriorityFeePerGas < Self.minimumTip {
            throw NodeAnswer.failure(
                "transaction gas price below minimum: gas tip cap \(fees.maxPriorityFeePerGas.rawValue), minimum needed 1")
        }
        if transaction.nonce == .max { throw NodeAnswer.failure("nonce has max value") }
    }

    private func checkFunds(
        _ transaction: PooledTransaction, _ balance: Wei, _ others: [PooledTransaction]
    ) throws(RPCError) {
        let words = "insufficient funds for gas * price + value: balance \(balance.rawValue)"
        guard let reserve = transaction.sealed.unsigned.reserve else { throw NodeAnswer.failure(words) }
        let cost = reserve.rawValue
        if cost > balance.rawValue {
            throw NodeAnswer.failure("\(words), tx cost \(cost), overshot \(cost - balance.rawValue)")
        }
        // Each of them was below the balance once; together they may be above 256 bits only in a test of that.
        let queued = others.reduce(Wei.zero) { $0 + ($1.sealed.unsigned.reserve ?? Wei(.max)) }
        let sum = queued + reserve
        if sum > balance {
            throw NodeAnswer.failure(
                "\(words), queued cost \(queued.rawValue), tx cost \(cost), overshot \(sum.rawValue - balance.rawValue)")
        }
    }

    private static func replaces(_ new: PooledTransaction, _ old: PooledTransaction) -> Bool {
        var caps = [
            (new.sealed.fees.maxFeePerGas, old.sealed.fees.maxFeePerGas),
            (new.sealed.fees.maxPriorityFeePerGas, old.sealed.fees.maxPriorityFeePerGas),
        ]
        if case .blob(let newBlob) = new.sealed.unsigned, case .blob(let oldBlob) = old.sealed.unsigned {
            caps.append((newBlob.maxFeePerBlobGas, oldBlob.maxFeePerBlobGas))
        }
        let bump = new.sealed.blobs > 0 ? blobPriceBump : priceBump
        return caps.allSatisfy { new, old in
            guard new > old, let least = old.rawValue.mulDivRoundingUp(100 + bump, 100) else { return false }
            return new.rawValue >= least
        }
    }
}
