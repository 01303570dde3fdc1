public import EthCodec
public import EthPrimitives
public import EthRPC

/// A read of one block that every node should answer alike.
public struct ComparedRead: Sendable {
    /// What it reads, for people.
    public var name: String
    /// Members of the answer that are compared; none for the whole answer. Others may differ among clients.
    var members: [String] = []
    /// Whether the answer is a number, which nodes may write with or without leading zeros.
    var isNumber = false
    /// The request at a block.
    let request: @Sendable (BlockHeader) -> RPCRequest

    init(
        _ name: String, members: [String] = [], isNumber: Bool = false, request: @escaping @Sendable (BlockHeader) -> RPCRequest
    ) {
        self.name = name
        self.members = members
        self.isNumber = isNumber
        self.request = request
    }

    /// A read whose last parameter is the block, which is added.
    public init(_ name: String, _ method: String, _ params: [JSON]) {
        let isNumber = ["eth_getStorageAt", "eth_getBalance", "eth_getTransactionCount"].contains(method)
        self.init(name, isNumber: isNumber) { head in
            RPCRequest(method: method, params: params + [BlockReference.hash(head.hash).json])
        }
    }

    /// Methods that read a block's state and take the block as their last parameter.
    public static let methods = ["eth_call", "eth_getBalance", "eth_getCode", "eth_getStorageAt", "eth_getTransactionCount"]

    /// A word of a contract's storage.
    public static func storage(_ contract: Address, _ key: StorageKey) -> Self {
        let slot = key.json.string ?? ""
        return Self("storage \(contract) \(slot)", "eth_getStorageAt", [.string(contract.hex), key.json])
    }

    public static func code(_ contract: Address) -> Self { Self("code \(contract)", "eth_getCode", [.string(contract.hex)]) }
    public static func balance(_ account: Address) -> Self {
        Self("balance \(account)", "eth_getBalance", [.string(account.hex)])
    }
    public static func nonce(_ account: Address) -> Self {
        Self("nonce \(account)", "eth_getTransactionCount", [.string(account.hex)])
    }

    /// A call.
    /// - Parameter name: what it asks, such as `version()`.
    public static func call(_ contract: Address, _ name: String, _ data: [UInt8]) -> Self {
        let call = JSON.object(["to": .string(contract.hex), "data": .string(Hex.encode(data))])
        return Self("\(name) \(contract)", "eth_call", [call])
    }
}

extension ComparedRead {
    /// What any two nodes of a chain should agree on: the block itself, its fees, and the protocol's directory.
    static func standard(chainlog: Address?) -> [Self] {
        let header = Self(
            "header",
            members: [
                "number", "hash", "parentHash", "timestamp", "stateRoot", "transactionsRoot", "receiptsRoot", "gasLimit",
                "gasUsed",
                "baseFeePerGas",
            ]
        ) { head in RPCRequest(method: "eth_getBlockByHash", params: [.string(head.hash.description), false]) }
        // Priority fees are left out: clients count percentiles differently.
        let fees = Self("fee history", members: ["oldestBlock", "baseFeePerGas"]) { head in
            RPCRequest(method: "eth_feeHistory", params: ["0x4", Quantity.encode(head.number), []])
        }
        guard let chainlog else { return [header, fees] }
        let slots = (0..<UInt64(5)).map { storage(chainlog, .slot(UInt256($0))) }
        let calls = ["version()", "count()", "list()"].map { call(chainlog, $0, Array(Keccak256.hash($0).bytes.prefix(4))) }
        return [header, fees, code(chainlog)] + slots + calls
    }
}
