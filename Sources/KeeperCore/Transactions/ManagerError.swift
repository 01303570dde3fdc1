public import EthPrimitives

/// Why a manager did not begin, or has ended.
public struct ManagerError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// The signer is another account's.
        case wrongSigner(Address)
        /// The records contradict each other, or a new one contradicts them: somebody else wrote to the store.
        case damaged
        /// Nobody knows whether records are durable: the process must end, and the next one reads what is there.
        case uncertain
        /// It does not run any more, or runs already.
        case stopped
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
