public import EthCrypto
public import EthPrimitives

/// A transaction of the original form, bound to a chain by EIP-155 if it names one.
public struct LegacyTransaction: SignableTransaction {
    public var chainID: ChainID?
    public var nonce: Nonce
    /// Wei per unit of gas, all of it paid.
    public var gasPrice: Wei
    public var gasLimit: Gas
    public var to: Address?
    public var value: Wei
    public var data: [UInt8]

    public init(
        chainID: ChainID?, nonce: Nonce, gasPrice: Wei, gasLimit: Gas, to: Address?, value: Wei = .zero, data: [UInt8] = []
    ) {
        self.chainID = chainID
        self.nonce = nonce
        self.gasPrice = gasPrice
        self.gasLimit = gasLimit
        self.to = to
        self.value = value
        self.data = data
    }

    public var signingPayload: [UInt8] {
        var items = fields
        if let chainID {
            items.append(chainID.rawValue)
            items.append(0 as UInt64)
            items.append(0 as UInt64)
        }
        return items.list
    }

    public func encoded(with signature: Signature) -> [UInt8] {
        var items = fields
        items.append(v(of: signature))
        items.append(signature.r)
        items.append(signature.s)
        return items.list
    }

    /// The signature's v: 27 or 28, and under EIP-155 the parity plus 35 plus twice the chain id, which may exceed 64 bits.
    public func v(of signature: Signature) -> UInt256 {
        guard let chainID else { return UInt256(signature.v) }
        return UInt256(chainID.rawValue) * 2 + (signature.yParity ? 36 : 35)
    }

    private var fields: RLPWriter {
        var items = RLPWriter()
        items.append(nonce)
        items.append(gasPrice.rawValue)
        items.append(gasLimit)
        items.append(to?.bytes ?? [])
        items.append(value.rawValue)
        items.append(data)
        return items
    }
}
