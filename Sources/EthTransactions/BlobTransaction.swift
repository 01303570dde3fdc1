internal import EthCodec
public import EthCrypto
public import EthPrimitives

/// A transaction of type 3 (EIP-4844) as blocks hold it: it names blobs by their hashes and does not carry them.
public struct BlobTransaction: SignableTransaction {
    public static var type: TransactionType { .blob }
    /// Blob gas of one blob (EIP-4844, GAS_PER_BLOB).
    public static let gasPerBlob: Gas = 131_072

    public var chainID: ChainID
    public var nonce: Nonce
    /// The most wei per unit of gas that the sender pays to the block's producer.
    public var maxPriorityFeePerGas: Wei
    /// The most wei per unit of gas that the sender pays in all.
    public var maxFeePerGas: Wei
    public var gasLimit: Gas
    public var to: Address
    public var value: Wei
    public var data: [UInt8]
    public var accessList: AccessList
    /// The most wei per unit of blob gas.
    public var maxFeePerBlobGas: Wei
    /// A version byte and the rest of a commitment's SHA-256 hash for each blob. Empty is a form that no block takes.
    public var blobVersionedHashes: [B256]

    public init(
        chainID: ChainID, nonce: Nonce, maxPriorityFeePerGas: Wei, maxFeePerGas: Wei, gasLimit: Gas, to: Address,
        value: Wei = .zero, data: [UInt8] = [], accessList: AccessList = [], maxFeePerBlobGas: Wei,
        blobVersionedHashes: [B256]
    ) {
        self.chainID = chainID
        self.nonce = nonce
        self.maxPriorityFeePerGas = maxPriorityFeePerGas
        self.maxFeePerGas = maxFeePerGas
        self.gasLimit = gasLimit
        self.to = to
        self.value = value
        self.data = data
        self.accessList = accessList
        self.maxFeePerBlobGas = maxFeePerBlobGas
        self.blobVersionedHashes = blobVersionedHashes
    }

    /// Blob gas that the transaction buys.
    public var blobGas: Gas { Gas(blobVersionedHashes.count) * Self.gasPerBlob }

    public var boundChainID: ChainID? { chainID }
    public var recipient: Address? { to }
    public var signingPayload: [UInt8] { encode { _ in } }
    public func encoded(with signature: Signature) -> [UInt8] { encode { $0.append(signature) } }

    private func encode(_ tail: (inout RLPEncoder) -> Void) -> [UInt8] {
        Self.wireForm { list in
            list.append(chainID.rawValue)
            list.append(nonce)
            list.append(maxPriorityFeePerGas)
            list.append(maxFeePerGas)
            list.append(gasLimit)
            list.append(to)
            list.append(value)
            list.append(data)
            accessList.encode(into: &list)
            list.append(maxFeePerBlobGas)
            list.appendList { hashes in for hash in blobVersionedHashes { hashes.append(hash) } }
            tail(&list)
        }
    }
}
