internal import EthCodec
public import EthCrypto
public import EthPrimitives

/// A transaction of type 4 (EIP-7702): accounts whose authorizations it carries delegate to code before it runs.
public struct SetCodeTransaction: SignableTransaction {
    public static var type: TransactionType { .setCode }

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
    /// Empty is a form that no block takes.
    public var authorizationList: [SignedAuthorization]

    public init(
        chainID: ChainID, nonce: Nonce, maxPriorityFeePerGas: Wei, maxFeePerGas: Wei, gasLimit: Gas, to: Address,
        value: Wei = .zero, data: [UInt8] = [], accessList: AccessList = [], authorizationList: [SignedAuthorization]
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
        self.authorizationList = authorizationList
    }

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
            list.appendList { tuples in for authorization in authorizationList { authorization.encode(into: &tuples) } }
            tail(&list)
        }
    }
}
