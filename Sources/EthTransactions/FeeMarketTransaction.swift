public import EthCrypto
public import EthPrimitives

/// A transaction of type 2 (EIP-1559): caps instead of a price.
public struct FeeMarketTransaction: SignableTransaction {
    /// The byte that precedes the list on the wire (EIP-2718).
    public static let typeByte: UInt8 = 0x02

    public var chainID: ChainID
    public var nonce: Nonce
    /// The most wei per unit of gas that the sender pays to the block's producer.
    public var maxPriorityFeePerGas: Wei
    /// The most wei per unit of gas that the sender pays in all.
    public var maxFeePerGas: Wei
    public var gasLimit: Gas
    public var to: Address?
    public var value: Wei
    public var data: [UInt8]
    public var accessList: AccessList

    public init(
        chainID: ChainID, nonce: Nonce, maxPriorityFeePerGas: Wei, maxFeePerGas: Wei, gasLimit: Gas, to: Address?,
        value: Wei = .zero, data: [UInt8] = [], accessList: AccessList = []
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
    }

    /// Both caps together.
    public var fees: FeeCaps {
        get { FeeCaps(maxFeePerGas: maxFeePerGas, maxPriorityFeePerGas: maxPriorityFeePerGas) }
        set { (maxFeePerGas, maxPriorityFeePerGas) = (newValue.maxFeePerGas, newValue.maxPriorityFeePerGas) }
    }

    public var signingPayload: [UInt8] { [Self.typeByte] + fields.list }

    public func encoded(with signature: Signature) -> [UInt8] {
        var items = fields
        items.append(signature.yParity ? 1 : 0 as UInt64)
        items.append(signature.r)
        items.append(signature.s)
        return [Self.typeByte] + items.list
    }

    private var fields: RLPWriter {
        var items = RLPWriter()
        items.append(chainID.rawValue)
        items.append(nonce)
        items.append(maxPriorityFeePerGas.rawValue)
        items.append(maxFeePerGas.rawValue)
        items.append(gasLimit)
        items.append(to?.bytes ?? [])
        items.append(value.rawValue)
        items.append(data)
        items.appendList { list in
            for entry in accessList.entries {
                list.appendList { pair in
                    pair.append(entry.address.bytes)
                    pair.appendList { keys in for key in entry.storageKeys { keys.append(key.bytes) } }
                }
            }
        }
        return items
    }
}
