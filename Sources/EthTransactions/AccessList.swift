public import EthPrimitives

/// Accounts and storage slots that a transaction announces (EIP-2930).
public struct AccessList: Hashable, Sendable {
    /// An account and the slots of it that are announced.
    public struct Entry: Hashable, Sendable, Codable {
        public var address: Address
        public var storageKeys: [B256]

        public init(address: Address, storageKeys: [B256] = []) {
            self.address = address
            self.storageKeys = storageKeys
        }
    }

    public var entries: [Entry]

    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// Slots over all entries.
    public var storageKeyCount: Int { entries.reduce(0) { $0 + $1.storageKeys.count } }
}

extension AccessList: ExpressibleByArrayLiteral, Codable {
    public init(arrayLiteral entries: Entry...) { self.entries = entries }

    /// The array of JSON-RPC: `[{"address": …, "storageKeys": […]}]`.
    public init(from decoder: any Decoder) throws { entries = try decoder.singleValueContainer().decode([Entry].self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(entries)
    }
}
