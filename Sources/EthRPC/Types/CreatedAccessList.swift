public import EthCodec
public import EthPrimitives
public import EthTransactions

/// The answer of `eth_createAccessList`.
public struct CreatedAccessList: Sendable, Hashable {
    public var accessList: AccessList
    /// With the list in place.
    public var gasUsed: Gas
    /// Why the call failed, in the node's words: then the list is of what it touched before.
    public var failure: String?

    package init(accessList: AccessList, gasUsed: Gas, failure: String?) {
        self.accessList = accessList
        self.gasUsed = gasUsed
        self.failure = failure
    }

    public init(_ reader: FieldReader) throws(RPCError) {
        accessList = []
        for entry in try reader.member("accessList").elements() {
            var keys: [B256] = []
            for key in try entry.member("storageKeys").elements() { keys.append(try key.b256()) }
            accessList.entries.append(.init(address: try entry.member("address").address(), storageKeys: keys))
        }
        gasUsed = try reader.member("gasUsed").uint64()
        failure = try reader.optional("error")?.text()
    }

    /// The members as nodes write them.
    public var json: JSON {
        .object([
            "accessList": accessList.json, "gasUsed": Quantity.encode(gasUsed), "error": failure.map { .string($0) },
        ])
    }
}
