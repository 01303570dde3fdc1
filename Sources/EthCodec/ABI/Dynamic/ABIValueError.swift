/// Why a JSON value is not a value of an ABI type, and where it stands.
public struct ABIValueError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where, such as `values[2].amount`.
    public var path: String
    /// What, such as `expected uint8 (0 to 255), got "256"`.
    public var problem: String

    public init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    public var description: String { "\(path): \(problem)" }
}
