public import KeeperTransactions
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

    private enum Keys: String, CodingKey { case transact, alert, record }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        switch self {
        case .transact(let intent): try container.encode(intent, forKey: .transact)
        case .alert(let alert): try container.encode(alert, forKey: .alert)
        case .record(let sample): try container.encode(sample, forKey: .record)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        if container.contains(.transact) {
            self = .transact(try container.decode(TransactionIntent.self, forKey: .transact))
        } else if container.contains(.alert) {
            self = .alert(try container.decode(Alert.self, forKey: .alert))
        } else {
            self = .record(try container.decode(Sample.self, forKey: .record))
        }
    }
}

/// Something that people should know.
public struct Alert: Codable, Sendable, Hashable {
    /// How much it matters: `notify` is for office hours, `urgent` for whoever is on duty, `page` wakes somebody, `critical` everybody.
    public enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
        case info, notify, urgent, page, critical

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    }

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
