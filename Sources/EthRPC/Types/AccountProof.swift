public import EthCodec
public import EthPrimitives

/// The answer of `eth_getProof`: an account and some of its storage, with the nodes of the tries that prove them (EIP-1186).
/// Nothing is verified here.
public struct AccountProof: Sendable, Hashable {
    /// A value in the storage and the nodes that prove it.
    public struct Slot: Sendable, Hashable {
        public var key: StorageKey
        public var value: UInt256
        /// From the root to the leaf, RLP-encoded.
        public var proof: [[UInt8]]

        package init(key: StorageKey, value: UInt256, proof: [[UInt8]]) {
            self.key = key
            self.value = value
            self.proof = proof
        }
    }

    public var address: Address
    public var balance: Wei
    public var nonce: Nonce
    public var codeHash: B256
    public var storageHash: B256
    /// From the root to the leaf, RLP-encoded.
    public var accountProof: [[UInt8]]
    public var storageProof: [Slot]

    package init(
        address: Address, balance: Wei, nonce: Nonce, codeHash: B256, storageHash: B256, accountProof: [[UInt8]],
        storageProof: [Slot]
    ) {
        self.address = address
        self.balance = balance
        self.nonce = nonce
        self.codeHash = codeHash
        self.storageHash = storageHash
        self.accountProof = accountProof
        self.storageProof = storageProof
    }

    public init(_ reader: FieldReader) throws(RPCError) {
        address = try reader.member("address").address()
        balance = try reader.member("balance").wei()
        nonce = try reader.member("nonce").uint64()
        codeHash = try reader.member("codeHash").b256()
        storageHash = try reader.member("storageHash").b256()
        accountProof = try Self.nodes(reader.member("accountProof"))
        storageProof = []
        for slot in try reader.member("storageProof").elements() {
            storageProof.append(
                Slot(
                    key: try StorageKey(slot.member("key")), value: try slot.member("value").quantity(),
                    proof: try Self.nodes(slot.member("proof"))))
        }
    }

    private static func nodes(_ reader: FieldReader) throws(RPCError) -> [[UInt8]] {
        var nodes: [[UInt8]] = []
        for node in try reader.elements() { nodes.append(try node.bytes()) }
        return nodes
    }

    /// The members as nodes write them.
    public var json: JSON {
        func nodes(_ nodes: [[UInt8]]) -> JSON { .array(nodes.map { .string(Hex.encode($0)) }) }
        let slots = storageProof.map { slot in
            JSON.object(["key": slot.key.json, "value": Quantity.encode(slot.value), "proof": nodes(slot.proof)])
        }
        return .object([
            "address": .string(address.hex), "balance": Quantity.encode(balance.rawValue), "nonce": Quantity.encode(nonce),
            "codeHash": .string(codeHash.description), "storageHash": .string(storageHash.description),
            "accountProof": nodes(accountProof), "storageProof": .array(slots),
        ])
    }
}
