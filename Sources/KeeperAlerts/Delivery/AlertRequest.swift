public import EthPrimitives

/// A request to a receiver of alerts. Its URL, its headers' values and its body may hold secrets: none of them is ever printed.
public struct AlertRequest: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A header's name and value.
    public struct Header: Sendable, CustomStringConvertible, CustomReflectable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

        public var description: String { "\(name): <secret>" }
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    public var method: String
    public var url: SecretText
    public var headers: [Header]
    public var body: [UInt8]

    public init(method: String = "POST", url: SecretText, headers: [Header] = [], body: [UInt8]) {
        (self.method, self.url, self.body) = (method, url, body)
        self.headers = [Header("Content-Type", "application/json")] + headers
    }

    public var description: String { "\(method) <secret>, \(body.count) bytes" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
