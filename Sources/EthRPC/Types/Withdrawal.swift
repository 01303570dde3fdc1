public import EthCodec
public import EthPrimitives

/// A payment from the beacon chain (EIP-4895).
public struct Withdrawal: Sendable, Hashable {
    public var index: UInt64
    public var validatorIndex: UInt64
    public var address: Address
    /// Gwei, not wei.
    public var amountGwei: UInt64

    package init(index: UInt64, validatorIndex: UInt64, address: Address, amountGwei: UInt64) {
        self.index = index
        self.validatorIndex = validatorIndex
        self.address = address
        self.amountGwei = amountGwei
    }

    public var json: JSON {
        .object([
            "index": Quantity.encode(index), "validatorIndex": Quantity.encode(validatorIndex), "address": .string(address.hex),
            "amount": Quantity.encode(amountGwei),
        ])
    }
}

extension Withdrawal: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        var (index, validator, amount): (UInt64?, UInt64?, UInt64?) = (nil, nil, nil)
        var address: Address?
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 5 where name("index"): try scanner.read(&index)
            case 6 where name("amount"): try scanner.read(&amount)
            case 7 where name("address"): try scanner.read(&address)
            case 14 where name("validatorIndex"): try scanner.read(&validator)
            default: try scanner.skip()
            }
        }
        self.index = try members.require(index, "index")
        validatorIndex = try members.require(validator, "validatorIndex")
        self.address = try members.require(address, "address")
        amountGwei = try members.require(amount, "amount")
    }
}
