internal import EthCodec
internal import EthCrypto
public import EthEVM
public import EthPrimitives
public import EthTransactions

/// The transaction of a test, with lists of what varies.
public struct StateTestTransaction: Sendable {
    /// Why a variant is no transaction at all: a field does not fit the protocol's bounds. No block can hold it.
    public struct Unrepresentable: Error, Equatable, Sendable, CustomStringConvertible {
        public var field: String
        public var description: String { "\(field) is beyond what a transaction can hold" }
    }

    public let sender: Address
    /// `nil` creates a contract.
    public let recipient: Address?
    public let data: [[UInt8]]
    /// `nil` where it does not fit its bounds.
    public let values: [Wei?]
    public let gasLimits: [Gas?]
    public let nonce: Nonce?
    public let fees: FeeCaps?
    /// One for each element of `data`; `nil` where there is none.
    public let accessLists: [AccessList?]
    public let maxFeePerBlobGas: Wei?
    /// Whether it is of type 3.
    public let hasBlobs: Bool
    public let blobVersionedHashes: [B256]
    /// `nil` for transactions that are not of type 4; the inner `nil` does not fit its bounds.
    public let authorizations: [SignedAuthorization?]?

    /// One of the variants.
    public func variant(data: Int, gas: Int, value: Int) throws(Unrepresentable) -> EVMTransaction {
        guard let limit = gasLimits[gas] else { throw Unrepresentable(field: "gasLimit") }
        guard let amount = values[value] else { throw Unrepresentable(field: "value") }
        guard let nonce else { throw Unrepresentable(field: "nonce") }
        guard let fees else { throw Unrepresentable(field: "the price of gas") }
        var blobs: EVMTransaction.Blobs?
        if hasBlobs {
            guard let maxFeePerBlobGas else { throw Unrepresentable(field: "maxFeePerBlobGas") }
            blobs = EVMTransaction.Blobs(
                maxFeePerBlobGas: maxFeePerBlobGas, versionedHashes: blobVersionedHashes)
        }
        var list: [SignedAuthorization]?
        if let authorizations {
            list = []
            for authorization in authorizations {
                guard let authorization else { throw Unrepresentable(field: "authorizationList") }
                list?.append(authorization)
            }
        }
        return EVMTransaction(
            sender: sender, recipient: recipient, data: self.data[data], value: amount, gasLimit: limit, nonce: nonce, fees: fees,
            accessList: (data < accessLists.count ? accessLists[data] : nil) ?? [], blobs: blobs, authorizationList: list)
    }

    init(_ transaction: FieldValue) throws(ConformanceError) {
        if let sender = try transaction.optional("sender") {
            self.sender = try sender.address()
        } else {
            let key = try transaction.member("secretKey")
            let bytes = try key.bytes()
            // What is no key may be one with a digit wrong: it is not repeated.
            do throws(CryptoError) { sender = try PrivateKey(bytes).address } catch {
                throw ConformanceError(file: key.file, place: key.place, problem: "expected a private key: \(error)")
            }
        }
        let to = try transaction.optional("to")
        recipient = try to?.text().isEmpty ?? true ? nil : to?.address()
        var data: [[UInt8]] = []
        for element in try transaction.member("data").elements() { data.append(try element.bytes()) }
        self.data = data
        var values: [Wei?] = []
        for element in try transaction.member("value").elements() { values.append(try element.number().map { Wei($0) }) }
        self.values = values
        var limits: [Gas?] = []
        for element in try transaction.member("gasLimit").elements() { limits.append(try element.number()?.asUInt64) }
        gasLimits = limits
        nonce = try transaction.member("nonce").number()?.asUInt64
        fees = try Self.fees(transaction)
        accessLists = try Self.accessLists(transaction)
        let blobFee = try transaction.optional("maxFeePerBlobGas")
        maxFeePerBlobGas = try blobFee?.number().map { Wei($0) }
        let hashes = try transaction.optional("blobVersionedHashes")
        var versioned: [B256] = []
        for element in try hashes?.elements() ?? [] { versioned.append(try element.b256()) }
        blobVersionedHashes = versioned
        hasBlobs = blobFee != nil || hashes != nil
        authorizations = try Self.authorizations(transaction)
    }

    private static func fees(_ transaction: FieldValue) throws(ConformanceError) -> FeeCaps? {
        if let most = try transaction.optional("maxFeePerGas") {
            guard let most = try most.number(), let tip = try transaction.member("maxPriorityFeePerGas").number() else {
                return nil
            }
            return FeeCaps(maxFeePerGas: Wei(most), maxPriorityFeePerGas: Wei(tip))
        }
        guard let price = try transaction.member("gasPrice").number() else { return nil }
        return FeeCaps(maxFeePerGas: Wei(price), maxPriorityFeePerGas: Wei(price))
    }

    private static func accessLists(_ transaction: FieldValue) throws(ConformanceError) -> [AccessList?] {
        var lists: [AccessList?] = []
        for list in try transaction.optional("accessLists")?.elements() ?? [] {
            if list.json == .null {
                lists.append(nil)
                continue
            }
            var entries: [AccessList.Entry] = []
            for entry in try list.elements() {
                var keys: [B256] = []
                for key in try entry.member("storageKeys").elements() { keys.append(try key.uint256().bigEndianBytes) }
                entries.append(AccessList.Entry(address: try entry.member("address").address(), storageKeys: keys))
            }
            lists.append(AccessList(entries))
        }
        return lists
    }

    private static func authorizations(_ transaction: FieldValue) throws(ConformanceError) -> [SignedAuthorization?]? {
        guard let list = try transaction.optional("authorizationList") else { return nil }
        var authorizations: [SignedAuthorization?] = []
        for entry in try list.elements() {
            let named = try entry.optional("yParity")
            let parity = if let named { named } else { try entry.member("v") }
            let chainID = try entry.member("chainId").number()
            let address = try entry.member("address").address()
            let nonce = try entry.member("nonce").number()?.asUInt64
            let (r, s) = (try entry.member("r").number(), try entry.member("s").number())
            guard let chainID, let nonce, let r, let s, let byte = try parity.number()?.asUInt64, byte < 256 else {
                authorizations.append(nil)
                continue
            }
            authorizations.append(
                SignedAuthorization(
                    Authorization(chainID: chainID, address: address, nonce: nonce), yParity: UInt8(byte), r: r, s: s))
        }
        return authorizations
    }
}
