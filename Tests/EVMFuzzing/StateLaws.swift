import EthEVM
import EthPrimitives
import EthTransactions

/// What must hold between the state before a transaction, its result, and the state after it.
struct StateLaws {
    let environment: BlockEnvironment
    let checks: TransactionChecks
    let authorities: [Address]

    func check(
        _ transaction: EVMTransaction, _ result: ExecutionResult, destroyed: Set<Address>, _ before: MemoryState,
        _ after: MemoryState
    ) throws(Violation) {
        let destroys = !destroyed.isEmpty
        try checkEther(transaction, result, destroys, before, after)
        // Since Cancun only contracts of the same transaction vanish (EIP-6780).
        for address in destroyed where environment.fork < .cancun {
            try demand(
                after.accounts[address] == nil && after.storage[address] == nil, "\(address) is still there after SELFDESTRUCT")
        }
        if !result.succeeded { try checkFailure(transaction, result, before, after) }
        let nonces = (before.accounts[transaction.sender]?.nonce ?? 0, after.accounts[transaction.sender]?.nonce ?? 0)
        try demand(nonces.1 > nonces.0, "the sender's nonce went from \(nonces.0) to \(nonces.1)")
        if let created = result.createdAddress, !destroys {
            try demand(after.accounts[created]?.code.bytes ?? [] == result.output, "other code was kept than was returned")
            try demand(after.accounts[created]?.nonce ?? 0 >= 1, "a new contract without a nonce")
        }
        try demand(
            (result.createdAddress != nil) == (transaction.recipient == nil && result.succeeded), "a contract created or not")
    }

    /// Nothing comes to be, and nothing is lost but the base fee, the blob fee and what SELFDESTRUCT burns.
    private func checkEther(
        _ transaction: EVMTransaction, _ result: ExecutionResult, _ destroys: Bool, _ before: MemoryState, _ after: MemoryState
    ) throws(Violation) {
        var burned = UInt256.zero
        if checks.contains(.funds) {
            let cap = transaction.fees.maxFeePerGas.rawValue
            burned = min(environment.baseFeePerGas.rawValue, cap) &* UInt256(result.gasUsed)
            let blobGas = UInt256(UInt64(transaction.blobs?.versionedHashes.count ?? 0) * 131_072)
            burned = burned &+ environment.blobBaseFee.rawValue &* blobGas
        }
        let (had, has) = (Self.ether(before), Self.ether(after) &+ burned)
        try demand(destroys ? has <= had : has == had, "\(had) wei before, \(has) after with \(burned) burned")
    }

    private static func ether(_ state: MemoryState) -> UInt256 {
        state.accounts.values.reduce(.zero) { $0 &+ $1.balance.rawValue }
    }

    /// Only who pays, who is paid and who signed an authorization differ.
    private func checkFailure(
        _ transaction: EVMTransaction, _ result: ExecutionResult, _ before: MemoryState, _ after: MemoryState
    ) throws(Violation) {
        try demand(result.logs.isEmpty, "logs of a transaction that failed")
        try demand(before.storage == after.storage, "storage differs after a transaction that failed")
        let allowed = [transaction.sender, environment.feeRecipient] + (transaction.authorizationList == nil ? [] : authorities)
        for address in Set(before.accounts.keys).union(after.accounts.keys) where !allowed.contains(address) {
            let (old, new) = (before.accounts[address] ?? .empty, after.accounts[address] ?? .empty)
            try demand(old == new, "\(address) differs after a transaction that failed")
        }
        let (old, new) = (before.accounts[transaction.sender] ?? .empty, after.accounts[transaction.sender] ?? .empty)
        if transaction.authorizationList == nil {
            try demand(new.nonce == old.nonce + 1 && new.code == old.code, "the sender differs after a transaction that failed")
        }
    }
}

extension MemoryState {
    /// Without accounts that might as well not be there.
    func withoutEmptyAccounts() -> MemoryState {
        var copy = self
        for (address, account) in accounts where account.isEmpty { copy.accounts[address] = nil }
        return copy
    }
}
