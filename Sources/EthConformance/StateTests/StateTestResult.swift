public import EthEVM
public import EthPrimitives

/// What differs from what the suite says.
public struct StateTestDifference: Hashable, Sendable {
    public var what: String
    public var expected: String
    public var found: String

    public init(_ what: String, expected: String, found: String) {
        self.what = what
        self.expected = expected
        self.found = found
    }
}

/// Why a case says nothing of the machine.
public enum StateTestOmission: Hashable, Sendable {
    /// It calls a precompiled contract that is not built in.
    case precompile(Address)
    /// The rules of the fork are not built in.
    case fork(String)
}

public enum StateTestVerdict: Hashable, Sendable {
    case passed
    /// At least one; those that tell most first.
    case failed([StateTestDifference])
    case skipped(StateTestOmission)
}

/// What became of a case.
public struct StateTestResult: Sendable {
    public var testCase: StateTestCase
    public var verdict: StateTestVerdict
    /// `nil` if nothing was executed.
    public var execution: ExecutionResult?
    /// What was left behind by a case that failed, for whoever looks for the reason; `nil` for others.
    public var changes: StateChanges?
}
