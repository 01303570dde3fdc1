/// Why a store does not answer, or did not keep something.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// Another process has it.
        case inUse
        /// A newer program wrote it: this migration is unknown here.
        case newer(migration: String)
        /// What it holds is not what was written, or no store at all.
        case damaged
        /// Whether the last write is durable cannot be known. The process must end: the next one reads what is there.
        case notCertain
        /// Nothing of the call was kept, and what was kept before is there.
        case failed
    }

    public var code: Code
    /// One line for people: which store, and what the matter is.
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Whether it is certain that nothing of the call is durable.
    public var isCertain: Bool { code != .notCertain }
}
