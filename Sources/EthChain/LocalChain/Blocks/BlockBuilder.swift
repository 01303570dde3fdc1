import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import EthTrie

/// Executes transactions one after the other, and makes the block that they are.
struct BlockBuilder {
    let fork: Fork
    let number: UInt64
    let parentHash: BlockHash
    let template: BlockTemplate
    let excessBlobGas: Gas
    private let schedule: BlobSchedule?
    private let evm: EVM
    private let reader: HistoryReader
    /// What was written before the first transaction.
    private let beforehand: StateChanges
    private var transactions: [LocalTransaction] = []
    private(set) var gasUsed: Gas = 0
    private(set) var blobGasUsed: Gas = 0
    private var logs: UInt64 = 0

    /// - Parameters:
    ///   - reader: the parent's state.
    ///   - beforehand: what the chain itself changes of it first.
    init(
        _ rules: ChainRules, on parent: LocalBlock, number: UInt64? = nil, _ template: BlockTemplate, evm: EVM,
        reader: HistoryReader,
        beforehand: StateChanges = StateChanges()
    ) {
        fork = rules.fork
        self.number = number ?? parent.number + 1
        parentHash = parent.hash
        self.template = template
        schedule = rules.blobs
        excessBlobGas = rules.excessBlobGas(after: parent.header)
        self.evm = evm
        var reader = reader
        var changes = SystemContracts.writes(
            fork, number: self.number, timestamp: template.timestamp, parentHash: parentHash,
            beaconRoot: template.parentBeaconBlockRoot, reader: reader)
        changes = changes.merged(with: beforehand)
        if !changes.accounts.isEmpty { reader.layers.insert(changes, at: 0) }
        self.beforehand = changes
        self.reader = reader
        evm.environment = rules.environment(self.number, template, excessBlobGas)
        evm.reset(reader: reader)
    }

    /// Gas that is left for transactions.
    var room: Gas { template.gasLimit - gasUsed }

    /// Whether so many blobs more have a place.
    func hasRoom(blobs: Int) -> Bool {
        blobs == 0 || blobGasUsed / BlobTransaction.gasPerBlob + UInt64(blobs) <= schedule?.max ?? 0
    }

    /// An account's nonce after the transactions so far.
    func nonce(of address: Address) -> Nonce {
        if let change = evm.changes.accounts[address] { return change.account?.nonce ?? 0 }
        return reader.account(address)?.nonce ?? 0
    }

    /// Executes one more transaction.
    /// - Throws: why no block can hold it, or this machine cannot run it; then nothing has changed.
    @discardableResult
    mutating func append(
        _ sealed: SealedTransaction, arrival: UInt64 = 0, checks: TransactionChecks = .all
    ) throws(EVMError) -> ExecutionResult {
        let unsigned = sealed.unsigned
        let transaction = EVMTransaction(unsigned, from: sealed.sender)
        guard sealed.fields.gasLimit <= room else { throw .invalidTransaction(.gasLimitAboveBlock(room)) }
        guard unsigned.type.firstFork <= fork else { throw .invalidTransaction(.typeNotSupported) }
        let blobs = transaction.blobs?.versionedHashes.count ?? 0
        guard hasRoom(blobs: blobs) else { throw .invalidTransaction(.tooManyBlobs(blobs)) }
        let result = try evm.execute(transaction, checks: checks)
        gasUsed += result.gasUsed
        let blobGas = Gas(blobs) * BlobTransaction.gasPerBlob
        blobGasUsed += blobGas
        let price = sealed.fees.effectiveGasPrice(baseFeePerGas: template.baseFeePerGas)
        transactions.append(
            LocalTransaction(
                sealed: sealed, arrival: arrival, index: UInt64(transactions.count), succeeded: result.succeeded,
                gasUsed: result.gasUsed, cumulativeGasUsed: gasUsed,
                effectiveGasPrice: price ?? sealed.fees.maxFeePerGas,
                blobGas: blobs == 0 ? nil : .init(used: blobGas, price: evm.environment.blobBaseFee),
                contractAddress: sealed.fields.recipient == nil
                    ? .created(by: sealed.sender, nonce: sealed.fields.nonce) : nil,
                logs: result.logs, bloom: result.logs.bloom, firstLog: logs))
        logs += UInt64(result.logs.count)
        return result
    }

    /// The block.
    /// - Parameter commit: takes the changes in, and tells the root of the state after them and the changes as they are to be kept.
    func finish(commit: (StateChanges) -> (root: B256, changes: StateChanges)) -> LocalBlock {
        var changes = beforehand.merged(with: evm.changes)
        if fork >= .shanghai { pay(&changes) }
        // The machine lets go of the state.
        evm.reset(reader: MemoryState())
        let committed = commit(changes)
        let withdrawals = fork >= .shanghai ? template.withdrawals : nil
        let isMerged = fork >= .paris
        var bloom = FixedBytes<256>()
        for transaction in transactions { bloom.formUnion(transaction.bloom) }
        let header = ExecutionHeader(
            parentHash: parentHash, sha3Uncles: HeaderConstants.noUncles, miner: template.feeRecipient,
            stateRoot: committed.root, transactionsRoot: Trie.orderedRoot(of: transactions.map(\.sealed.encoded)),
            receiptsRoot: Trie.orderedRoot(of: transactions.map(\.encodedReceipt)),
            logsBloom: bloom,
            difficulty: isMerged ? .zero : UInt256(bigEndian: template.prevRandao), number: number,
            gasLimit: template.gasLimit, gasUsed: gasUsed, timestamp: template.timestamp, extraData: template.extraData,
            mixHash: isMerged ? template.prevRandao : B256(), nonce: FixedBytes<8>(),
            extensions: HeaderExtensions(
                inOrder: template.baseFeePerGas, withdrawals.map { Trie.orderedRoot(of: $0.map(\.encoded)) },
                fork >= .cancun ? blobGasUsed : nil, fork >= .cancun ? excessBlobGas : nil,
                fork >= .cancun ? template.parentBeaconBlockRoot : nil, fork >= .prague ? HeaderConstants.noRequests : nil))
        return LocalBlock(header: header, transactions: transactions, withdrawals: withdrawals, changes: committed.changes)
    }

    /// Pays the withdrawals (EIP-4895).
    private func pay(_ changes: inout StateChanges) {
        for withdrawal in template.withdrawals where withdrawal.amountGwei > 0 {
            let address = withdrawal.address
            let amount = Wei.gwei(withdrawal.amountGwei)
            if var change = changes.accounts[address] {
                var account = change.account ?? .empty
                account.balance += amount
                change.account = account
                changes.accounts[address] = change
            } else {
                var account = reader.account(address) ?? .empty
                account.balance += amount
                changes.accounts[address] = StateChanges.Change(account: account)
            }
        }
    }
}
