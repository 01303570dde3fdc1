public import EthCodec
public import EthPrimitives

/// Fields of the block that a simulation sees instead of the real ones; `nil` leaves a field as it is.
public struct BlockOverrides: Sendable, Hashable {
    public var number: UInt64?
    /// Unix seconds.
    public var time: UInt64?
    public var gasLimit: Gas?
    public var feeRecipient: Address?
    public var prevRandao: B256?
    public var baseFeePerGas: Wei?
    public var blobBaseFee: Wei?
    /// Root of the parent's beacon block (EIP-4788); geth takes it, the specification does not name it.
    public var beaconRoot: B256?
    /// Only where whole blocks are simulated.
    public var withdrawals: [Withdrawal]?

    public init(
        number: UInt64? = nil, time: UInt64? = nil, gasLimit: Gas? = nil, feeRecipient: Address? = nil, prevRandao: B256? = nil,
        baseFeePerGas: Wei? = nil, blobBaseFee: Wei? = nil, beaconRoot: B256? = nil, withdrawals: [Withdrawal]? = nil
    ) {
        self.number = number
        self.time = time
        self.gasLimit = gasLimit
        self.feeRecipient = feeRecipient
        self.prevRandao = prevRandao
        self.baseFeePerGas = baseFeePerGas
        self.blobBaseFee = blobBaseFee
        self.beaconRoot = beaconRoot
        self.withdrawals = withdrawals
    }

    public var json: JSON {
        .object([
            "number": number.map(Quantity.encode), "time": time.map(Quantity.encode), "gasLimit": gasLimit.map(Quantity.encode),
            "feeRecipient": feeRecipient.map { .string($0.hex) }, "prevRandao": prevRandao.map { .string($0.description) },
            "baseFeePerGas": baseFeePerGas.map { Quantity.encode($0.rawValue) },
            "blobBaseFee": blobBaseFee.map { Quantity.encode($0.rawValue) },
            "beaconRoot": beaconRoot.map { .string($0.description) }, "withdrawals": withdrawals.map { .array($0.map(\.json)) },
        ])
    }
}
