/// Why JSON is not a contract interface, and where it goes wrong.
public struct ABIDocumentError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The member, such as `[3].inputs[0].type`; empty for the document itself.
    public var path: String
    public var problem: String

    public var description: String { path.isEmpty ? problem : "\(path): \(problem)" }
}
