/// The closed list of what people are told of. A name is also that of its runbook, `Documentation/runbooks/NAME.md`.
public enum AlertKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// Work is due and nobody did it.
    case late
    /// A transaction was mined and did not bring about what it was for.
    case effectMissing = "effect-missing"
    /// A source gives no value: what stands on it cannot advance.
    case sourceInvalid = "source-invalid"
    /// A contract that is watched holds no valid price.
    case noPrice = "no-price"
    /// A contract that is watched was stopped by governance.
    case oracleStopped = "oracle-stopped"
    /// A node's simulation and our own execution of the same call say different things.
    case simulationDiffers = "simulation-differs"
    /// The next block's base fee is above what the caps admit.
    case feeCap = "fee-cap"
    /// A transaction waits longer than it should.
    case stuckTransaction = "stuck-transaction"
    /// The wallet lasts for too short a time.
    case runway
    /// A transaction that is not ours used a nonce of the account.
    case foreignTransaction = "foreign-transaction"
    /// The store is new and the account has a history: nothing is sent before that is known to be over.
    case accountUnknown = "account-unknown"
    /// A backup had to act: the primary keeper did not.
    case backupActed = "backup-acted"
    /// An operator paused the keeper.
    case paused
    /// No node gives answers that can be used.
    case nodesUnusable = "nodes-unusable"
    /// One node of several fails, lags or follows another chain.
    case nodeDown = "node-down"
    /// Nodes say different things about what triggers a transaction.
    case nodesDisagree = "nodes-disagree"
    /// A reorganisation deeper than the confirmations that are waited for.
    case deepReorganisation = "deep-reorganisation"
    /// What was final is not on the chain that the nodes show.
    case chainUndone = "chain-undone"
    /// The key, or the process that holds it, gives no signature.
    case signerFails = "signer-fails"
    /// The store does not keep what it is given, such as on a full disk.
    case storeFails = "store-fails"
    /// The records of the store contradict each other: nothing is signed.
    case recordsBroken = "records-broken"
    /// A receiver of alerts does not take them.
    case sinkFails = "sink-fails"
    /// The keeper's process is not there: told by whoever watches it from outside.
    case keeperDown = "keeper-down"
}
