import EthPrimitives
import KeeperTransactions

/// What is durable, and what was before the store was lost.
struct SimStore: Sendable {
    var records: [Record] = []
    /// Counts the losses.
    var era = 0
    var lost: [(era: Int, records: [Record])] = []

    mutating func lose() {
        lost.append((era, records))
        records = []
        era += 1
    }

    /// All records, those of lost stores too.
    var eras: [(era: Int, records: [Record])] { lost + [(era, records)] }
}

/// A process with the key.
struct SimProcess: Sendable {
    /// Of its last life while it is down.
    var machine: TransactionMachine
    var isUp = false
    /// Counts the starts: an answer to an earlier life is lost.
    var life = 0
    var watched: [TransactionHash] = []
    /// Broadcasts of the same bytes since the last head.
    var sends: [(transaction: Int, count: Int)] = []

    init(_ machine: TransactionMachine) { self.machine = machine }
}
