import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// The transaction object of a call, read strictly.
struct CallArguments {
    var sender = Address.zero
    /// `nil` creates a contract.
    var recipient: Address?
    var gas: Gas?
    var value = Wei.zero
    var nonce: Nonce?
    var data: [UInt8] = []
    var accessList: AccessList = []
    /// `nil` where the call names none.
    var maxFeePerGas: Wei?
    var maxPriorityFeePerGas: Wei?
    var blobs: EVMTransaction.Blobs?
    var authorizations: [SignedAuthorization]?
    /// Whether it named a gas price rather than caps.
    var isLegacy = false

    private static let type = "TransactionArgs"
    private static let names: Set = [
        "from", "to", "gas", "gasPrice", "maxFeePerGas", "maxPriorityFeePerGas", "value", "nonce", "data", "input",
        "accessList", "chainId", "type", "maxFeePerBlobGas", "blobVersionedHashes", "authorizationList",
    ]

    init(_ reader: ParameterReader, _ chainID: ChainID) throws(RPCError) {
        try reader.requireObject(Self.type, names: Self.names)
        func member(_ name: String) -> ParameterReader? { reader.member(name, of: Self.type) }
        if let from = member("from") { sender = try from.address() }
        recipient = try member("to").map { (to) throws(RPCError) in try to.address() }
        gas = try member("gas").map { (gas) throws(RPCError) in try gas.uint64() }
        if let amount = member("value") { value = try amount.wei() }
        nonce = try member("nonce").map { (nonce) throws(RPCError) in try nonce.uint64() }
        if let list = member("accessList") { accessList = try Self.accessList(list) }
        if let stated = try member("chainId").map({ (id) throws(RPCError) in try id.uint256() }),
            stated != UInt256(chainID.rawValue)
        {
            throw NodeAnswer.failure("chainId does not match node's (have=\(stated), want=\(chainID))")
        }
        try readPrice(member)
        try readData(member)
        if let hashes = member("blobVersionedHashes") {
            let cap = try member("maxFeePerBlobGas").map { (cap) throws(RPCError) in try cap.wei() }
            blobs = .init(maxFeePerBlobGas: cap ?? .zero, versionedHashes: [])
            for hash in try hashes.elements() { blobs?.versionedHashes.append(try hash.hash()) }
        }
        if let list = member("authorizationList") { authorizations = try Self.authorizations(list) }
        if recipient == nil, blobs != nil { throw NodeAnswer.failure("missing \"to\" in blob transaction") }
        if recipient == nil, authorizations != nil { throw NodeAnswer.failure("missing \"to\" in set code transaction") }
    }

    private mutating func readPrice(_ member: (String) -> ParameterReader?) throws(RPCError) {
        func price(_ name: String) throws(RPCError) -> Wei? {
            try member(name).map { (price) throws(RPCError) in try price.wei() }
        }
        (maxFeePerGas, maxPriorityFeePerGas) = (try price("maxFeePerGas"), try price("maxPriorityFeePerGas"))
        guard let gasPrice = try price("gasPrice") else { return }
        guard maxFeePerGas == nil, maxPriorityFeePerGas == nil else {
            throw NodeAnswer.failure("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified")
        }
        isLegacy = true
        (maxFeePerGas, maxPriorityFeePerGas) = (gasPrice, gasPrice)
    }

    private mutating func readData(_ member: (String) -> ParameterReader?) throws(RPCError) {
        let (input, old) = (
            try member("input").map { (data) throws(RPCError) in try data.bytes() },
            try member("data").map { (data) throws(RPCError) in try data.bytes() }
        )
        if let input, let old, input != old {
            throw NodeAnswer.failure(
                "both \"data\" and \"input\" are set and not equal. Please use \"input\" to pass transaction call data")
        }
        data = input ?? old ?? []
    }

    private static func accessList(_ reader: ParameterReader) throws(RPCError) -> AccessList {
        var list: AccessList = []
        for element in try reader.elements() {
            let type = "AccessTuple"
            guard let address = element.member("address", of: type) else {
                throw NodeAnswer.invalid(reader.index, "missing required field 'address' for AccessTuple")
            }
            var keys: [B256] = []
            for key in try element.member("storageKeys", of: type)?.elements() ?? [] { keys.append(try key.hash()) }
            list.entries.append(.init(address: try address.address(), storageKeys: keys))
        }
        return list
    }

    private static func authorizations(_ reader: ParameterReader) throws(RPCError) -> [SignedAuthorization] {
        var list: [SignedAuthorization] = []
        for element in try reader.elements() {
            func field(_ name: String) throws(RPCError) -> ParameterReader {
                guard let field = element.member(name, of: "SetCodeAuthorization") else {
                    throw NodeAnswer.invalid(reader.index, "missing required field '\(name)' for SetCodeAuthorization")
                }
                return field
            }
            let parity = try field("yParity").uint64()
            let authorization = Authorization(
                chainID: try field("chainId").uint256(), address: try field("address").address(),
                nonce: try field("nonce").uint64())
            list.append(
                SignedAuthorization(
                    authorization, yParity: UInt8(clamping: parity), r: try field("r").uint256(),
                    s: try field("s").uint256()))
        }
        return list
    }

    /// Whether it names a price: then it pays, and the base fee holds.
    var isPriced: Bool { (maxFeePerGas ?? .zero) > .zero || (maxPriorityFeePerGas ?? .zero) > .zero }

    /// The transaction that it would be.
    func unsigned(_ chainID: ChainID, nonce: Nonce, gas: Gas) -> UnsignedTransaction {
        let (cap, tip) = (maxFeePerGas ?? .zero, maxPriorityFeePerGas ?? .zero)
        if isLegacy {
            return .legacy(
                LegacyTransaction(
                    chainID: nil, nonce: nonce, gasPrice: cap, gasLimit: gas, to: recipient, value: value, data: data))
        }
        if let authorizations, let recipient {
            return .setCode(
                SetCodeTransaction(
                    chainID: chainID, nonce: nonce, maxPriorityFeePerGas: tip, maxFeePerGas: cap, gasLimit: gas,
                    to: recipient, value: value, data: data, accessList: accessList, authorizationList: authorizations))
        }
        if let blobs, let recipient {
            return .blob(
                BlobTransaction(
                    chainID: chainID, nonce: nonce, maxPriorityFeePerGas: tip, maxFeePerGas: cap, gasLimit: gas,
                    to: recipient, value: value, data: data, accessList: accessList,
                    maxFeePerBlobGas: blobs.maxFeePerBlobGas, blobVersionedHashes: blobs.versionedHashes))
        }
        return .feeMarket(
            FeeMarketTransaction(
                chainID: chainID, nonce: nonce, maxPriorityFeePerGas: tip, maxFeePerGas: cap, gasLimit: gas, to: recipient,
                value: value, data: data, accessList: accessList))
    }

    /// What the machine runs, with this limit.
    func transaction(gas: Gas) -> EVMTransaction {
        EVMTransaction(
            sender: sender, recipient: recipient, data: data, value: value, gasLimit: gas, nonce: nonce,
            fees: FeeCaps(maxFeePerGas: maxFeePerGas ?? .zero, maxPriorityFeePerGas: maxPriorityFeePerGas ?? .zero),
            accessList: accessList, blobs: blobs, authorizationList: authorizations)
    }
}
