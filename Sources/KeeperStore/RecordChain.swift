import EthPrimitives
import KeeperCore

/// The digests of an account's records: each stands for the account and all its records so far.
struct RecordChain {
    /// Of the newest record; 0 before the first.
    private(set) var sequence: UInt64
    private(set) var digest: B256

    /// Before the first record.
    init(of account: StoreAccount) {
        sequence = 0
        digest = Keccak256.hash("\(account.chainID) \(account.address.hex)")
    }

    /// After a record that is there.
    init(sequence: UInt64, digest: B256) {
        self.sequence = sequence
        self.digest = digest
    }

    mutating func link(time: UInt64, payload: String) {
        sequence += 1
        var bytes = digest.bytes
        for number in [sequence, time] { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
        bytes.append(contentsOf: payload.utf8)
        digest = Keccak256.hash(bytes)
    }
}
