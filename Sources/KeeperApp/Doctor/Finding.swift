import EthCodec

/// Something that the doctor found out, told in one line with what to do about it.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    public var kind: Kind
    /// The nodes that it is about, by name; none where it is about the keeper itself.
    public var endpoints: [String]
    /// What was found.
    public var text: String
    /// What to do.
    public var advice: String

    public init(_ kind: Kind, _ endpoints: [String], _ text: String, advice: String) {
        self.kind = kind
        self.endpoints = endpoints
        self.text = text
        self.advice = advice
    }

    public init(_ kind: Kind, _ endpoint: String, _ text: String, advice: String) {
        self.init(kind, [endpoint], text, advice: advice)
    }

    public var description: String {
        let who = endpoints.isEmpty ? "" : endpoints.joined(separator: ", ") + ": "
        return "\(who)\(text). \(advice)"
    }

    var json: JSON {
        .object([
            "kind": .string(kind.rawValue), "endpoints": .array(endpoints.map { .string($0) }), "text": .string(text),
            "advice": .string(advice), "exitCode": kind.exitCode.map { .integer($0.rawValue) },
        ])
    }
}

extension Sequence<Finding> {
    /// The gravest exit code of these; `done` if all of them are remarks.
    var exitCode: KeeperExitCode {
        let codes = Set(compactMap(\.kind.exitCode))
        return Finding.gravity.first(where: codes.contains) ?? .done
    }
}
