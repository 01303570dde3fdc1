import EthEVM
import EthPrimitives
import EthTransactions

extension AccessList {
    /// What is worth announcing of what a call touched: precompiled contracts, the sender and the called contract itself are warm anyway.
    func worthAnnouncing(from sender: Address, to target: Address?, fork: Fork) -> AccessList {
        AccessList(
            entries.filter { entry in
                entry.address != sender && !entry.address.isPrecompile(fork) && (entry.address != target || !entry.storageKeys.isEmpty)
            })
    }
}
