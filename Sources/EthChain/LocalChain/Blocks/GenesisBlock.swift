import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import EthTrie

/// The first block: no transaction, and the state that the chain begins with.
enum GenesisBlock {
    static func make(
        _ configuration: LocalChainConfiguration, stateRoot: B256, changes: StateChanges
    ) -> LocalBlock {
        let fork = configuration.fork
        let (isShanghai, isCancun) = (fork >= .shanghai, fork >= .cancun)
        let header = ExecutionHeader(
            parentHash: BlockHash(), sha3Uncles: HeaderConstants.noUncles, miner: configuration.feeRecipient,
            stateRoot: stateRoot, transactionsRoot: Trie.emptyRoot, receiptsRoot: Trie.emptyRoot,
            logsBloom: FixedBytes<256>(), difficulty: .zero, number: 0, gasLimit: configuration.gasLimit, gasUsed: 0,
            timestamp: configuration.genesisTime, extraData: configuration.extraData, mixHash: B256(),
            nonce: FixedBytes<8>(),
            extensions: HeaderExtensions(
                inOrder: configuration.baseFeePerGas, isShanghai ? Trie.emptyRoot : nil, isCancun ? 0 : nil,
                isCancun ? 0 : nil, isCancun ? B256() : nil, fork >= .prague ? HeaderConstants.noRequests : nil))
        return LocalBlock(header: header, transactions: [], withdrawals: isShanghai ? [] : nil, changes: changes)
    }
}
