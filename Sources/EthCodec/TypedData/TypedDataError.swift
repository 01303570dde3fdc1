/// Why a document cannot be hashed as typed data, and where it goes wrong.
public struct TypedDataError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The member, such as `message.orders[2].amount` or `types.Order[1].type`; empty for the document itself.
    public var path: String
    public var problem: String

    public init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    public var description: String { path.isEmpty ? problem : "\(path): \(problem)" }
}
