public import EthCodec

/// Where decisions, and what became of them, are written down line after line, each with the hash of the one before (`JournalChain`).
public protocol DecisionLog: Sendable {
    /// Whether each decision is kept with all that it follows from, so that it can be derived again (`DecisionEvidence`).
    var keepsEvidence: Bool { get }

    /// Appends a record: a JSON object.
    /// - Throws: `JournalError` or `StoreError`; whatever was to follow from the record must not happen then.
    func append(_ record: JSON) throws
}
