import EthPrimitives
import KeeperTransactions

/// What a machine asked for and was not told yet.
struct OpenQuestions: Sendable {
    var tickets: Set<UInt64> = []
    var writes: Set<UInt64> = []
    var broadcasts: [TransactionHash: Int] = [:]
    var searches: [Nonce: Int] = [:]

    var isEmpty: Bool { tickets.isEmpty && writes.isEmpty && broadcasts.isEmpty && searches.isEmpty }

    mutating func ask(_ action: MachineAction) {
        switch action {
        case .sign(let order): tickets.insert(order.ticket)
        case .persist(let write): writes.insert(write.id)
        case .broadcast(_, let hash, _): broadcasts[hash, default: 0] += 1
        case .locate(let nonce, _): searches[nonce, default: 0] += 1
        case .watch, .report, .alert: break
        }
    }

    /// - Returns: whether it was asked, and is answered for the first time.
    mutating func answer(_ event: MachineEvent) -> Bool {
        switch event {
        case .signed(let ticket, _, _), .signingFailed(let ticket, _): return tickets.remove(ticket) != nil
        case .persisted(let write), .persistFailed(let write, _): return writes.remove(write) != nil
        case .broadcast(let hash, _): return Self.count(down: &broadcasts, hash)
        case .located(let nonce, _): return Self.count(down: &searches, nonce)
        case .restored, .wished, .saw, .ordered: return true
        }
    }

    private static func count<Key: Hashable>(down counts: inout [Key: Int], _ key: Key) -> Bool {
        guard let count = counts[key] else { return false }
        counts[key] = count > 1 ? count - 1 : nil
        return true
    }
}
