public import EthCodec

/// What a decision follows from, as it is written down beside it: the facts, what the keeper remembered, and which answers of which node
/// the facts were read from.
public struct DecisionEvidence: Sendable, Hashable {
    /// The node's name for people.
    public var endpoint: String
    public var inputs: InputDigest
    /// The facts at the block.
    public var snapshot: JSON
    /// What was remembered before the decision; `nil` for nothing.
    public var memory: JSON?

    init(endpoint: String, inputs: InputDigest, snapshot: some Encodable, memory: some Encodable) throws {
        self.endpoint = endpoint
        self.inputs = inputs
        self.snapshot = try JournalRecord.json(snapshot)
        let memory = try JournalRecord.json(memory)
        self.memory = memory == .object([JSON.Member]()) ? nil : memory
    }
}
