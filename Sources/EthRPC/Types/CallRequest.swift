public import EthCodec
public import EthPrimitives

/// The transaction object of `eth_call` and `eth_estimateGas`.
public struct CallRequest: Sendable, Hashable {
    public var from: Address?
    public var to: Address
    public var data: [UInt8]

    public init(from: Address? = nil, to: Address, data: [UInt8]) {
        self.from = from
        self.to = to
        self.data = data
    }

    public var json: JSON {
        .object(["from": from.map { .string($0.hex) }, "to": .string(to.hex), "data": .string(Hex.encode(data))])
    }
}

/// Fields of the block that a simulation sees instead of the real ones; `nil` leaves a field as it is.
public struct BlockOverrides: Sendable, Hashable {
    public var number: UInt64?
    /// Unix seconds.
    public var time: UInt64?

    public init(number: UInt64? = nil, time: UInt64? = nil) {
        self.number = number
        self.time = time
    }

    public var json: JSON { .object(["number": number.map(Quantity.encode), "time": time.map(Quantity.encode)]) }
}
