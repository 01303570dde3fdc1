/// What is wrong with a scenario.
public struct ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// The file cannot be read.
        case unreadable
        /// A line is not what the format says.
        case malformed
        /// The contracts do not do what the facts say.
        case contradiction
    }

    public var code: Code
    /// Counted from 1.
    public var line: Int?
    public var description: String

    init(_ code: Code, line: Int? = nil, _ text: String) {
        self.code = code
        self.line = line
        description = line.map { "line \($0) of the scenario: \(text)" } ?? text
    }
}
