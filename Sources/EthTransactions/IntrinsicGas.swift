public import EthPrimitives

/// Gas that a transaction costs before its first instruction, in units of gas.
public struct IntrinsicGas: Hashable, Sendable {
    /// Every transaction (Yellow Paper, G_transaction).
    public static let base: Gas = 21_000
    /// On top for a contract creation (EIP-2).
    public static let creation: Gas = 32_000
    /// A word of 32 bytes of initialisation code (EIP-3860).
    public static let initCodeWord: Gas = 2
    /// A zero byte of data, and one token of EIP-7623.
    public static let zeroByte: Gas = 4
    /// A non-zero byte of data (EIP-2028), four tokens of EIP-7623.
    public static let nonZeroByte: Gas = 16
    /// The least price of a token of data (EIP-7623): 10 a zero byte, 40 a non-zero byte.
    public static let floorPerToken: Gas = 10
    /// An address in an access list (EIP-2930).
    public static let accessListAddress: Gas = 2_400
    /// A slot in an access list (EIP-2930).
    public static let accessListStorageKey: Gas = 1_900

    /// Charged at the start; execution is paid on top.
    public let standard: Gas
    /// The least that the whole transaction is charged, whatever its execution costs (EIP-7623).
    public let floor: Gas

    /// The least gas limit with which nodes take the transaction.
    public var minimumLimit: Gas { max(standard, floor) }

    public init(data: [UInt8], isCreation: Bool = false, accessList: AccessList = []) {
        let zeros = Gas(data.count { $0 == 0 })
        let others = Gas(data.count) - zeros
        var gas = Self.base + zeros * Self.zeroByte + others * Self.nonZeroByte
        if isCreation { gas += Self.creation + Gas((data.count + 31) / 32) * Self.initCodeWord }
        gas += Gas(accessList.entries.count) * Self.accessListAddress
        gas += Gas(accessList.storageKeyCount) * Self.accessListStorageKey
        standard = gas
        floor = Self.base + (zeros + 4 * others) * Self.floorPerToken
    }

    public init(_ transaction: UnsignedTransaction) {
        switch transaction {
        case .legacy(let legacy): self.init(data: legacy.data, isCreation: legacy.to == nil)
        case .feeMarket(let market):
            self.init(data: market.data, isCreation: market.to == nil, accessList: market.accessList)
        }
    }
}
