/// Why a configuration cannot be used: names the key, where it stands, and what was expected. Values of secret keys are not named.
public struct ConfigError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Dotted path of the key, such as `rpc.endpoints[0].url`; empty for the whole file.
    public var key: String
    /// File and line, or the flag or variable that set the value.
    public var origin: String?
    public var message: String

    public init(_ key: String, origin: String? = nil, _ message: String) {
        self.key = key
        self.origin = origin
        self.message = message
    }

    public var description: String {
        [origin, key.isEmpty ? nil : key, message].compactMap { $0 }.joined(separator: ": ")
    }
}
