import EthEVM
import EthPrimitives
import EthTransactions

/// Transactions that wait, by sender and nonce.
struct TransactionPool {
    private var bySender: [Address: [Nonce: PooledTransaction]] = [:]
    private var byHash: [TransactionHash: PooledTransaction] = [:]

    var count: Int { byHash.count }

    subscript(hash: TransactionHash) -> PooledTransaction? { byHash[hash] }

    /// What an account has waiting.
    func queue(of sender: Address) -> [Nonce: PooledTransaction] { bySender[sender] ?? [:] }

    /// The first nonce that is not taken, counting on from the state's.
    func nextNonce(of sender: Address, state: Nonce) -> Nonce {
        let queue = queue(of: sender)
        var nonce = state
        while queue[nonce] != nil { nonce += 1 }
        return nonce
    }

    /// Takes a transaction in; another of its nonce makes way.
    mutating func put(_ transaction: PooledTransaction) {
        let replaced = bySender[transaction.sender, default: [:]].updateValue(transaction, forKey: transaction.nonce)
        if let replaced { byHash[replaced.hash] = nil }
        byHash[transaction.hash] = transaction
    }

    /// Gives back what a block had that is none of the chain any more, unless its place was taken meanwhile.
    mutating func restore(_ transaction: PooledTransaction) {
        if bySender[transaction.sender]?[transaction.nonce] == nil { put(transaction) }
    }

    mutating func remove(_ hash: TransactionHash) {
        guard let transaction = byHash.removeValue(forKey: hash) else { return }
        bySender[transaction.sender]?[transaction.nonce] = nil
        if bySender[transaction.sender]?.isEmpty == true { bySender[transaction.sender] = nil }
    }

    /// Forgets what the chain has overtaken.
    /// - Parameter nonce: the state's of an account.
    mutating func prune(_ nonce: (Address) -> Nonce) {
        for (sender, queue) in bySender {
            let current = nonce(sender)
            for (used, transaction) in queue where used < current { remove(transaction.hash) }
        }
    }

    /// Each sender's transactions that can run now, in the order of their nonces.
    /// - Parameter nonce: the state's of an account.
    func ready(_ nonce: (Address) -> Nonce) -> [Address: [PooledTransaction]] {
        var ready: [Address: [PooledTransaction]] = [:]
        for (sender, queue) in bySender {
            var next = nonce(sender)
            var run: [PooledTransaction] = []
            while let transaction = queue[next] {
                run.append(transaction)
                next += 1
            }
            if !run.isEmpty { ready[sender] = run }
        }
        return ready
    }
}
