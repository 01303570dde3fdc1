public import EthCodec
public import EthPrimitives
public import EthTransactions

/// The transaction object of `eth_call`, `eth_estimateGas`, `eth_createAccessList` and `eth_simulateV1`. What is left out, the node
/// fills in.
public struct CallRequest: Sendable, Hashable {
    /// What the call offers for its gas.
    public enum Price: Sendable, Hashable {
        case gasPrice(Wei)
        /// Either cap may be left to the node.
        case caps(maxFeePerGas: Wei?, maxPriorityFeePerGas: Wei?)
    }

    /// The blobs that the call claims to carry (EIP-4844).
    public struct Blobs: Sendable, Hashable {
        public var maxFeePerBlobGas: Wei?
        public var versionedHashes: [B256]?

        public init(maxFeePerBlobGas: Wei? = nil, versionedHashes: [B256]? = nil) {
            self.maxFeePerBlobGas = maxFeePerBlobGas
            self.versionedHashes = versionedHashes
        }
    }

    /// Under which name the data go: `input` is the specification's, `data` is what every node and recording understands.
    public enum DataName: String, Sendable, Hashable { case data, input }

    public var from: Address?
    /// `nil` creates a contract.
    public var to: Address?
    public var data: [UInt8]?
    public var dataName = DataName.data
    public var type: TransactionType?
    public var chainID: ChainID?
    public var nonce: Nonce?
    public var gas: Gas?
    public var price: Price?
    public var value: Wei?
    public var accessList: AccessList?
    public var blobs: Blobs?
    public var authorizationList: [SignedAuthorization]?

    public init(from: Address? = nil, to: Address?, data: [UInt8]?) {
        self.from = from
        self.to = to
        self.data = data
    }

    /// Whether it says nothing beyond sender, recipient and data, under the name that every node understands.
    var isPlain: Bool {
        dataName == .data && type == nil && chainID == nil && nonce == nil && gas == nil && price == nil && value == nil
            && accessList == nil && blobs == nil && authorizationList == nil
    }

    public var json: JSON {
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON?) { if let value { members.append(.init(name, value)) } }
        add("type", type.map { Quantity.encode(UInt64($0.rawValue)) })
        add("chainId", chainID.map { Quantity.encode($0.rawValue) })
        add("from", from.map { .string($0.hex) })
        add("to", to.map { .string($0.hex) })
        add(dataName.rawValue, data.map { .string(Hex.encode($0)) })
        add("nonce", nonce.map(Quantity.encode))
        add("gas", gas.map(Quantity.encode))
        switch price {
        case .gasPrice(let price): add("gasPrice", Quantity.encode(price.rawValue))
        case .caps(let maximum, let priority):
            add("maxFeePerGas", maximum.map { Quantity.encode($0.rawValue) })
            add("maxPriorityFeePerGas", priority.map { Quantity.encode($0.rawValue) })
        case nil: break
        }
        add("value", value.map { Quantity.encode($0.rawValue) })
        add("accessList", accessList?.json)
        add("maxFeePerBlobGas", blobs?.maxFeePerBlobGas.map { Quantity.encode($0.rawValue) })
        add("blobVersionedHashes", blobs?.versionedHashes.map { .array($0.map { .string($0.description) }) })
        add("authorizationList", authorizationList.map { .array($0.map(\.json)) })
        return .object(members)
    }
}
