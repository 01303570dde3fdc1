public import EthPrimitives

/// The verdict on a snapshot: what to do, and why, or why not.
public struct Decision: Codable, Sendable, Hashable {
    public var actions: [Action]
    /// Reasons, of inaction too.
    public var notes: [Note]

    public init(actions: [Action] = [], notes: [Note] = []) {
        self.actions = actions
        self.notes = notes
    }
}

/// A reason in words, with a code that statistics can count.
public struct Note: Codable, Sendable, Hashable {
    /// Kebab-case, from a closed list that the keeper documents.
    public var code: String
    /// What it is about, such as an oracle's name.
    public var subject: String?
    public var text: String

    public init(_ code: String, subject: String? = nil, _ text: String) {
        self.code = code
        self.subject = subject
        self.text = text
    }
}

/// What a keeper wants done.
public enum Action: Codable, Sendable, Hashable {
    case transact(TransactionIntent)
    case alert(Alert)
    case record(Sample)
}

/// Something that people should know.
public struct Alert: Codable, Sendable, Hashable {
    public enum Severity: String, Codable, Sendable { case info, notify, urgent, page }

    /// Alerts with the same key are one incident.
    public var key: String
    public var severity: Severity
    public var text: String

    public init(key: String, severity: Severity, text: String) {
        self.key = key
        self.severity = severity
        self.text = text
    }
}

/// A value worth keeping.
public struct Sample: Codable, Sendable, Hashable {
    public var name: String
    public var value: UInt256

    public init(name: String, value: UInt256) {
        self.name = name
        self.value = value
    }
}
