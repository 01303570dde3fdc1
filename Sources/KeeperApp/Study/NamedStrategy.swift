/// A way of a keeper that has a name: the configuration with some of its keys set otherwise.
public struct NamedStrategy: Sendable, Hashable {
    /// Kebab-case.
    public var name: String
    /// For people, in a few words.
    public var summary: String
    /// Values by dotted key.
    public var settings: [Setting]

    /// One key with its value, as a flag would set it.
    public struct Setting: Sendable, Hashable {
        public var key: String
        public var value: String

        public init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }

    public init(_ name: String, _ summary: String, _ settings: [Setting] = []) {
        self.name = name
        self.summary = summary
        self.settings = settings
    }
}
