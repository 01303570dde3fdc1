public import EthPrimitives
public import EthTransactions

/// What a keeper's key may sign. It knows no exceptions: what it does not admit is never signed, whoever asks.
///
/// Two forms are admitted, both of one type, on one chain, of value 0, and within the caps:
///
/// * a **call** of a configured contract whose data begins with one of the contract's selectors. It may announce what it touches
///   (EIP-2930), up to `maxListedAddresses` and `maxListedSlots`: a list moves nothing, it only costs, and the gas limit bounds that too;
/// * the machine's **cancel or filler**: to the own address, without data, without an access list, with a gas limit of exactly 21,000, at
///   a nonce that is bound or lies below a bound one (`TransactionMachine` signs no other empty transaction).
///
/// It stands beside the machine and not beside the key (`EthTransactions`), because it says what the machine signs: whoever gives
/// the machine another form must change this. It is stateless, so the cap of a day is the machine's.
public struct SigningPolicy: Sendable, Hashable {
    /// The most addresses of a call's access list. The largest poke that was measured names 10.
    public static let maxListedAddresses = 64
    /// The most slots of a call's access list, over all addresses. The largest poke that was measured names 59.
    public static let maxListedSlots = 512

    public var chainID: ChainID
    /// What may be called. The own address is none of them: to oneself there are only cancels and fillers.
    public var contracts: [Address: Set<Selector>]
    /// Transactions of the original form, bound to the chain by EIP-155, instead of type 2: for chains without a base fee.
    public var isLegacy: Bool
    /// Wei per gas, the most for the cap or the price of a form.
    public var maxFeePerGas: Wei
    public var maxGasLimit: Gas
    /// The most for gas limit × fee cap, in wei.
    public var maxSpendPerTransaction: Wei

    public init(
        chainID: ChainID, contracts: [Address: Set<Selector>], isLegacy: Bool = false, maxFeePerGas: Wei, maxGasLimit: Gas,
        maxSpendPerTransaction: Wei
    ) {
        self.chainID = chainID
        self.contracts = contracts
        self.isLegacy = isLegacy
        self.maxFeePerGas = maxFeePerGas
        self.maxGasLimit = maxGasLimit
        self.maxSpendPerTransaction = maxSpendPerTransaction
    }

    /// The policy of a machine: its chain, its form, its caps.
    public init(_ configuration: MachineConfiguration, contracts: [Address: Set<Selector>]) {
        let policy = configuration.policy
        self.init(
            chainID: configuration.chainID, contracts: contracts, isLegacy: configuration.fees.isLegacy,
            maxFeePerGas: policy.maxFeePerGas, maxGasLimit: policy.maxGasLimit,
            maxSpendPerTransaction: policy.maxSpendPerTransaction)
    }

    /// Returns if the account may sign this.
    /// - Throws: `SigningRefusal` for the first thing that it may not.
    public func check(_ request: SigningRequest, by account: Address) throws(SigningRefusal) {
        let transaction = request.transaction
        let fields = transaction.transaction
        let type: TransactionType = isLegacy ? .legacy : .feeMarket
        guard transaction.type == type else { throw .type(transaction.type, expected: type) }
        guard transaction.chainID == chainID else { throw .chain(transaction.chainID, expected: chainID) }
        guard let recipient = fields.recipient else { throw .deployment }
        guard fields.value == .zero else { throw .value(fields.value) }
        if recipient == account {
            guard transaction.accessList.entries.isEmpty else {
                throw .cancelAccessList(addresses: transaction.accessList.entries.count)
            }
            try checkCancel(fields, boundNonces: request.boundNonces)
        } else {
            try checkCall(of: recipient, fields.data)
            try checkList(transaction.accessList)
        }
        try checkCaps(transaction, gasLimit: fields.gasLimit)
    }

    private func checkCall(of contract: Address, _ data: [UInt8]) throws(SigningRefusal) {
        guard let selectors = contracts[contract] else { throw .contract(contract, expected: contracts.keys.sorted()) }
        guard let selector = Selector(data.prefix(4)), selectors.contains(selector) else {
            throw .selector(Bytes(Array(data.prefix(4))), of: contract, expected: selectors.sorted())
        }
    }

    private func checkList(_ list: AccessList) throws(SigningRefusal) {
        let (addresses, slots) = (list.entries.count, list.storageKeyCount)
        guard addresses <= Self.maxListedAddresses, slots <= Self.maxListedSlots else {
            throw .accessList(addresses: addresses, slots: slots)
        }
    }

    private func checkCancel(_ fields: any SignableTransaction, boundNonces: [Nonce]) throws(SigningRefusal) {
        guard fields.data.isEmpty else { throw .cancelData(bytes: fields.data.count) }
        guard fields.gasLimit == IntrinsicGas.base else { throw .cancelGasLimit(fields.gasLimit) }
        let highest = boundNonces.max()
        guard let highest, fields.nonce <= highest else { throw .cancelNonce(fields.nonce, highestBound: highest) }
    }

    private func checkCaps(_ transaction: UnsignedTransaction, gasLimit: Gas) throws(SigningRefusal) {
        let fees = transaction.fees
        guard fees.maxFeePerGas <= maxFeePerGas else { throw .maxFeePerGas(fees.maxFeePerGas, cap: maxFeePerGas) }
        guard fees.maxPriorityFeePerGas <= fees.maxFeePerGas else {
            throw .maxPriorityFeePerGas(fees.maxPriorityFeePerGas, maxFeePerGas: fees.maxFeePerGas)
        }
        guard gasLimit <= maxGasLimit else { throw .gasLimit(gasLimit, cap: maxGasLimit) }
        let spend = transaction.maximumFee
        guard let spend, spend <= maxSpendPerTransaction else { throw .spend(spend, cap: maxSpendPerTransaction) }
    }
}
