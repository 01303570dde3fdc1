public import EthPrimitives
public import EthTransactions

/// A transaction as the machine runs it: the sender is known, signatures of the outer envelope are somebody else's matter.
public struct EVMTransaction: Hashable, Sendable {
    /// The blobs that it carries (EIP-4844).
    public struct Blobs: Hashable, Sendable {
        public var maxFeePerBlobGas: Wei
        public var versionedHashes: [B256]

        public init(maxFeePerBlobGas: Wei, versionedHashes: [B256]) {
            self.maxFeePerBlobGas = maxFeePerBlobGas
            self.versionedHashes = versionedHashes
        }
    }

    public var sender: Address
    /// `nil` creates a contract.
    public var recipient: Address?
    public var data: [UInt8]
    public var value: Wei
    public var gasLimit: Gas
    /// `nil` takes the sender's.
    public var nonce: Nonce?
    /// Wei per gas; a legacy transaction's price is both.
    public var fees: FeeCaps
    public var accessList: AccessList
    /// `nil` for transactions that are not of type 3.
    public var blobs: Blobs?
    /// `nil` for transactions that are not of type 4 (EIP-7702).
    public var authorizationList: [SignedAuthorization]?

    public init(
        sender: Address, recipient: Address?, data: [UInt8] = [], value: Wei = .zero, gasLimit: Gas, nonce: Nonce? = nil,
        fees: FeeCaps = FeeCaps(maxFeePerGas: .zero, maxPriorityFeePerGas: .zero), accessList: AccessList = [],
        blobs: Blobs? = nil, authorizationList: [SignedAuthorization]? = nil
    ) {
        self.sender = sender
        self.recipient = recipient
        self.data = data
        self.value = value
        self.gasLimit = gasLimit
        self.nonce = nonce
        self.fees = fees
        self.accessList = accessList
        self.blobs = blobs
        self.authorizationList = authorizationList
    }

    /// What would be signed, sent by an account.
    public init(_ transaction: UnsignedTransaction, from sender: Address) {
        let fields = transaction.transaction
        self.init(
            sender: sender, recipient: fields.recipient, data: fields.data, value: fields.value, gasLimit: fields.gasLimit,
            nonce: fields.nonce, fees: transaction.fees, accessList: transaction.accessList)
        switch transaction {
        case .blob(let blob):
            blobs = Blobs(maxFeePerBlobGas: blob.maxFeePerBlobGas, versionedHashes: blob.blobVersionedHashes)
        case .setCode(let setCode): authorizationList = setCode.authorizationList
        case .legacy, .accessList, .feeMarket: break
        }
    }
}

/// Which conditions for a place in a block are checked before execution. A wrong gas limit is always refused.
public struct TransactionChecks: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The nonce is the sender's.
    public static let nonce = Self(rawValue: 1)
    /// The sender can pay gas and value; without it gas costs nobody anything, and a value that is not there fails the call.
    public static let funds = Self(rawValue: 2)
    /// The caps are at least the base fee; without it a price of zero is one.
    public static let fees = Self(rawValue: 4)
    /// The sender has no code (EIP-3607), a delegation apart.
    public static let codelessSender = Self(rawValue: 8)
    /// The gas limit is within that of the block and, from Osaka, of a transaction (EIP-7825).
    public static let gasCaps = Self(rawValue: 16)

    /// As blocks demand it.
    public static let all: Self = [.nonce, .funds, .fees, .codelessSender, .gasCaps]
    /// As `eth_call` and `eth_estimateGas` do.
    public static let call: Self = []
}
