import EthEVM
import EthPrimitives
import EthTransactions
import OraclePokes

extension AccessList {
    /// What is worth announcing of what a call touched: the sender and precompiled contracts are warm anyway.
    func worthAnnouncing(from sender: Address, to target: Address, fork: Fork) -> AccessList {
        AccessList(entries.filter { $0.address != sender && !$0.address.isPrecompile(fork) }).paying(to: target)
    }
}
