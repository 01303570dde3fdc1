internal import EthEVM
internal import EthPrimitives
public import EthTransactions

/// Accounts and slots that a call read the last times: what to fetch before it is executed again.
///
/// A call takes different ways from block to block (a price that is due or not), so what one run did not read stays for some more.
public struct AccessPattern: Hashable, Sendable {
    /// Runs after which what was not read any more is left out.
    public static let patience: UInt64 = 32

    private var runs: UInt64 = 0
    // The run that read it last.
    private var accounts: [Address: UInt64] = [:]
    private var slots: [Address: [UInt256: UInt64]] = [:]
    /// How far before its own block a call asked for hashes, and the run that did.
    private var hashDistances: [UInt64: UInt64] = [:]

    /// Nothing is known.
    public init() {}

    /// What a list names, such as a node's, or that of a result.
    public init(_ list: AccessList) {
        self.init()
        for entry in list.entries {
            accounts[entry.address] = 0
            for key in entry.storageKeys { slots[entry.address, default: [:]][UInt256(bigEndian: key)] = 0 }
        }
    }

    public var isEmpty: Bool { accounts.isEmpty && slots.isEmpty && hashDistances.isEmpty }

    /// Takes in what a run read.
    /// - Parameters:
    ///   - number: of the block that it ran in.
    ///   - excluding: accounts that are others in the next run: whoever runs names them anew.
    mutating func learn(_ read: StateMisses, inBlock number: UInt64, excluding: Set<Address> = []) {
        runs += 1
        for address in read.accounts where !excluding.contains(address) { accounts[address] = runs }
        for (address, slots) in read.slots {
            for slot in slots { self.slots[address, default: [:]][slot] = runs }
        }
        for hash in read.blockHashes where hash < number { hashDistances[number - hash] = runs }
        guard runs > Self.patience else { return }
        let oldest = runs - Self.patience
        accounts = accounts.filter { $0.value > oldest }
        hashDistances = hashDistances.filter { $0.value > oldest }
        slots = slots.compactMapValues { slots in
            let fresh = slots.filter { $0.value > oldest }
            return fresh.isEmpty ? nil : fresh
        }
    }

    /// All of it, as a reader would miss it in a block of this number.
    func wanted(inBlock number: UInt64) -> StateMisses {
        StateMisses(
            accounts: Set(accounts.keys).union(slots.keys), slots: slots.mapValues { Set($0.keys) },
            blockHashes: Set(hashDistances.keys.filter { $0 <= number }.map { number - $0 }))
    }
}
