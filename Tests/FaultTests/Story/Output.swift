/// Something that left a keeper, to be searched for secrets.
struct Output: Sendable {
    var name: String
    var bytes: [UInt8]

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    /// A value as people and as debuggers see it.
    init(_ name: String, of value: Any) {
        var text = "\(value)\n" + String(reflecting: value) + "\n"
        dump(value, to: &text, maxItems: 10_000)
        self.init(name, text)
    }
}
