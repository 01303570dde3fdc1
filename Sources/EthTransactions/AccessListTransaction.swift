internal import EthCodec
public import EthCrypto
public import EthPrimitives

/// A transaction of type 1 (EIP-2930): a price, and the accounts and slots that it announces.
public struct AccessListTransaction: SignableTransaction {
    public static var type: TransactionType { .accessList }

    public var chainID: ChainID
    public var nonce: Nonce
    /// Wei per unit of gas, all of it paid.
    public var gasPrice: Wei
    public var gasLimit: Gas
    public var to: Address?
    public var value: Wei
    public var data: [UInt8]
    public var accessList: AccessList

    public init(
        chainID: ChainID, nonce: Nonce, gasPrice: Wei, gasLimit: Gas, to: Address?, value: Wei = .zero, data: [UInt8] = [],
        accessList: AccessList = []
    ) {
        self.chainID = chainID
        self.nonce = nonce
        self.gasPrice = gasPrice
        self.gasLimit = gasLimit
        self.to = to
        self.value = value
        self.data = data
        self.accessList = accessList
    }

    public var boundChainID: ChainID? { chainID }
    public var recipient: Address? { to }
    public var signingPayload: [UInt8] { encode { _ in } }
    public func encoded(with signature: Signature) -> [UInt8] { encode { $0.append(signature) } }

    private func encode(_ tail: (inout RLPEncoder) -> Void) -> [UInt8] {
        Self.wireForm { list in
            list.append(chainID.rawValue)
            list.append(nonce)
            list.append(gasPrice)
            list.append(gasLimit)
            list.append(to)
            list.append(value)
            list.append(data)
            accessList.encode(into: &list)
            tail(&list)
        }
    }
}
