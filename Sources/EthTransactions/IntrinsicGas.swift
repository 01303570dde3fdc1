public import EthPrimitives

/// Gas that a transaction costs before its first instruction, in units of gas, under the rules of a fork.
public struct IntrinsicGas: Hashable, Sendable {
    /// Every transaction (Yellow Paper, G_transaction).
    public static let base: Gas = 21_000
    /// On top for a contract creation, from Homestead (EIP-2).
    public static let creation: Gas = 32_000
    /// A word of 32 bytes of initialisation code, from Shanghai (EIP-3860).
    public static let initCodeWord: Gas = 2
    /// A zero byte of data, and one token of EIP-7623.
    public static let zeroByte: Gas = 4
    /// A non-zero byte of data from Istanbul (EIP-2028), four tokens of EIP-7623.
    public static let nonZeroByte: Gas = 16
    /// A non-zero byte of data before Istanbul (Yellow Paper, G_txdatanonzero).
    public static let nonZeroByteBeforeIstanbul: Gas = 68
    /// The least price of a token of data (EIP-7623): 10 a zero byte, 40 a non-zero byte.
    public static let floorPerToken: Gas = 10
    /// An address in an access list (EIP-2930).
    public static let accessListAddress: Gas = 2_400
    /// A slot in an access list (EIP-2930).
    public static let accessListStorageKey: Gas = 1_900
    /// An authorization (EIP-7702, PER_EMPTY_ACCOUNT_COST). Half of it may come back when it is used.
    public static let authorization: Gas = 25_000

    /// Charged at the start; execution is paid on top.
    public let standard: Gas
    /// The least that the whole transaction is charged, whatever its execution costs (EIP-7623); 0 before Prague.
    public let floor: Gas

    /// The least gas limit with which nodes take the transaction.
    public var minimumLimit: Gas { max(standard, floor) }

    public init(
        data: [UInt8], isCreation: Bool = false, accessList: AccessList = [], authorizationCount: Int = 0,
        fork: Fork = .latest
    ) {
        let zeros = Gas(data.count { $0 == 0 })
        let others = Gas(data.count) - zeros
        let nonZeroByte = fork < .istanbul ? Self.nonZeroByteBeforeIstanbul : Self.nonZeroByte
        var gas = Self.base + zeros * Self.zeroByte + others * nonZeroByte
        if isCreation, fork >= .homestead { gas += Self.creation }
        if isCreation, fork >= .shanghai { gas += Gas((data.count + 31) / 32) * Self.initCodeWord }
        gas += Gas(accessList.entries.count) * Self.accessListAddress
        gas += Gas(accessList.storageKeyCount) * Self.accessListStorageKey
        gas += Gas(authorizationCount) * Self.authorization
        standard = gas
        floor = fork < .prague ? 0 : Self.base + (zeros + 4 * others) * Self.floorPerToken
    }

    public init(_ transaction: UnsignedTransaction, fork: Fork = .latest) {
        let authorizations = if case .setCode(let setCode) = transaction { setCode.authorizationList.count } else { 0 }
        let fields = transaction.transaction
        self.init(
            data: fields.data, isCreation: fields.recipient == nil, accessList: transaction.accessList,
            authorizationCount: authorizations, fork: fork)
    }
}
