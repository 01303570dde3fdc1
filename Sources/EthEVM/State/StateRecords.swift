import EthPrimitives

/// What is known of an account during a run.
struct AccountRecord {
    let address: Address
    var nonce: Nonce = 0
    var balance: UInt256 = .zero
    var code = Bytecode.empty
    /// What the reader said, for the comparison at the end.
    var before = Account.empty
    /// Whether the reader was asked.
    var isLoaded = false
    /// Whether the reader said that slots of it are not zero.
    var hasStorage = false
    /// Touched as EIP-161 means it: if it is empty at the end of the transaction it goes.
    var isTouched = false
    /// Was touched in some transaction, and so is gone if it is empty now.
    var wasTouched = false
    /// Slots that nobody asked for are zero: the account was made or destroyed here.
    var isStorageCleared = false
    /// Created by this transaction.
    var isCreated = false
    /// SELFDESTRUCT takes it at the end of this transaction.
    var isDestroyed = false
    /// The transaction in which it is warm (EIP-2929), and that in which it was last used.
    var warmIn: UInt32 = 0
    var usedIn: UInt32 = 0

    init(_ address: Address) { self.address = address }

    /// EIP-161.
    var isEmpty: Bool { nonce == 0 && balance == .zero && code.bytes.isEmpty }
}

/// A slot of an account's storage.
struct SlotRecord {
    let account: Int32
    let key: UInt256
    var value: UInt256 = .zero
    /// At the beginning of the transaction `seenIn`.
    var original: UInt256 = .zero
    /// What the reader said.
    var before: UInt256 = .zero
    var isLoaded = false
    var warmIn: UInt32 = 0
    var usedIn: UInt32 = 0
    /// The transaction that `original` belongs to.
    var seenIn: UInt32 = 0

    init(_ account: Int, _ key: UInt256) {
        self.account = Int32(truncatingIfNeeded: account)
        self.key = key
    }
}

/// A word of transient storage (EIP-1153).
struct TransientRecord {
    let account: Int32
    let key: UInt256
    var value: UInt256
}

/// What was before a change, so that it can be undone.
struct JournalEntry {
    enum Kind: UInt8 {
        case balance, nonce, code, touched, created, destroyed, storageCleared, accountWarm, slotWarm, slotValue, transientValue
    }

    let kind: Kind
    /// Of the record that changed.
    let place: Int32
    /// What it held: a number, or the place of a code among those replaced.
    let old: UInt256
}

/// A log while it can still be undone; its data stand in one piece with those of the others.
struct LogRecord {
    let account: Int
    let topics: (UInt256, UInt256, UInt256, UInt256)
    let topicCount: Int
    let dataStart: Int
    let dataCount: Int
}
