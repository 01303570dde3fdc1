internal import EthCodec
public import EthCrypto
public import EthPrimitives

/// A transaction of the original form, bound to a chain by EIP-155 if it names one.
public struct LegacyTransaction: SignableTransaction {
    public static var type: TransactionType { .legacy }

    /// `nil` for a signature that holds on every chain. A chain id is below 2⁶⁴ (EIP-2294 bounds it there).
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

    public var boundChainID: ChainID? { chainID }
    public var recipient: Address? { to }

    public var signingPayload: [UInt8] {
        encode { list in
            guard let chainID else { return }
            list.append(chainID.rawValue)
            list.append(0 as UInt64)
            list.append(0 as UInt64)
        }
    }

    public func encoded(with signature: Signature) -> [UInt8] {
        let v = v(of: signature)
        return encode { list in
            list.append(v)
            list.append(signature.r)
            list.append(signature.s)
        }
    }

    /// The signature's v: 27 or 28, and under EIP-155 the parity plus 35 plus twice the chain id, which may exceed 64 bits.
    public func v(of signature: Signature) -> UInt256 {
        ReplayProtection(chainID: chainID, yParity: signature.yParity).v
    }

    /// The list of the fields and what `tail` appends.
    private func encode(_ tail: (inout RLPEncoder) -> Void) -> [UInt8] {
        Self.wireForm { list in
            list.append(nonce)
            list.append(gasPrice)
            list.append(gasLimit)
            list.append(to)
            list.append(value)
            list.append(data)
            tail(&list)
        }
    }
}
