/// A law that a result broke.
public struct Violation: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Throws unless a law holds.
func demand(_ holds: Bool, _ law: @autoclosure () -> String) throws(Violation) {
    if !holds { throw Violation(law()) }
}
