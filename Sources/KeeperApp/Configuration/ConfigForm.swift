public import EthPrimitives
public import EthTransactions

/// What the value of a key looks like: how it is read and written, and what is told of it.
public struct ConfigForm<Value> {
    /// What an error says was expected.
    let expected: String
    let type: ConfigType
    /// A text of this form.
    let example: String
    /// `nil`, or an error of its own, for other texts.
    let parse: (String) throws -> Value?
    /// As one writes it.
    let write: (Value) -> String

    public init(
        _ expected: String, _ type: ConfigType, example: String, write: @escaping (Value) -> String,
        parse: @escaping (String) throws -> Value?
    ) {
        self.expected = expected
        self.type = type
        self.example = example
        self.parse = parse
        self.write = write
    }
}

extension ConfigForm where Value == String {
    /// Any text.
    public static var text: Self { Self("a single value", .text(pattern: nil), example: "text", write: { $0 }, parse: { $0 }) }

    /// An `https` or `http` URL without secrets: `config show` shows it.
    public static var link: Self {
        Self("an https:// or http:// URL", .link, example: "https://example.org/", write: { $0 }) { text in
            text.hasPrefix("https://") || text.hasPrefix("http://") ? text : nil
        }
    }
}

extension ConfigForm where Value == String {
    /// A name that may stand in metrics, logs and file names.
    public static var label: Self {
        let isFit: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        return Self(
            "a name of at most 64 letters, digits, dots, dashes and underscores", .text(pattern: "^[A-Za-z0-9._-]{1,64}$"),
            example: "name", write: { $0 }
        ) { (1...64).contains($0.count) && $0.allSatisfy(isFit) ? $0 : nil }
    }
}

extension ConfigForm where Value == UInt64 {
    /// A whole number.
    public static var whole: Self {
        Self("a whole number below 2^53", .number(0...(1 << 53 - 1)), example: "0", write: \.description) { text in
            UInt64(text).flatMap { $0 < 1 << 53 ? $0 : nil }
        }
    }

    /// A whole number within bounds.
    public static func whole(in range: ClosedRange<UInt64>) -> Self {
        let (low, high) = (range.lowerBound, range.upperBound)
        return Self(
            low == high ? "\(low)" : "a whole number from \(low) to \(high)", .number(range), example: "\(low)",
            write: \.description
        ) { text in UInt64(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// Seconds of a duration such as `10s`, `5m`, `2h` or `7d`.
    public static var seconds: Self {
        seconds("a duration of at most 366d with a unit, such as 10s, 5m, 2h or 7d", "^[0-9]+[smhd]$", from: 0)
    }

    /// Seconds of a duration of at least `1s`.
    public static var someSeconds: Self {
        seconds(
            "a duration of at least 1s and at most 366d with a unit, such as 10s, 5m, 2h or 7d", "^0*[1-9][0-9]*[smhd]$", from: 1)
    }

    private static func seconds(_ expected: String, _ pattern: String, from least: UInt64) -> Self {
        Self(expected, .text(pattern: pattern), example: "1s", write: Duration.text(seconds:)) { text in
            Duration.seconds(parsing: text).flatMap { $0 >= least ? $0 : nil }
        }
    }

    /// Whole percent, such as `8%`.
    public static var percent: Self {
        Self("whole percent, such as 8%", .text(pattern: "^[0-9]+%$"), example: "0%", write: { "\($0)%" }) { text in
            text.hasSuffix("%") ? UInt64(text.dropLast()) : nil
        }
    }
}

extension ConfigForm where Value == Int {
    /// A whole number within bounds that are not negative.
    public static func count(in range: ClosedRange<Int>) -> Self {
        let (low, high) = (range.lowerBound, range.upperBound)
        return Self(
            "a whole number from \(low) to \(high)", .number(UInt64(low)...UInt64(high)), example: "\(low)", write: \.description
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }
}

extension ConfigForm where Value == Bool {
    public static var bool: Self {
        Self("true or false", .bool, example: "false", write: \.description) { ["true": true, "false": false][$0] }
    }
}

extension ConfigForm where Value == Wei {
    /// An amount with its unit, such as `60 gwei`.
    public static var wei: Self {
        let units = Denomination.named.map(\.name) + ["eth"]
        let pattern = "^ *[0-9]+([.][0-9]+)? +(\(units.joined(separator: "|"))) *$"
        return Self("an amount", .text(pattern: pattern), example: "0 wei", write: \.description) { try Wei(parsing: $0) }
    }
}

extension ConfigForm where Value == Fork {
    /// The name of a set of protocol rules that can be executed: London or newer.
    public static var fork: Self {
        let names = Fork.allCases.filter { $0 >= .london }.map { $0.name.lowercased() }
        return Self(
            "one of \(names.joined(separator: ", "))", .text(pattern: "^(\(names.joined(separator: "|")))$"), example: "osaka",
            write: { $0.name.lowercased() }
        ) { names.contains($0) ? Fork(name: $0) : nil }
    }
}

extension ConfigForm where Value == Address {
    /// Mixed case must carry the checksum of EIP-55.
    public static var address: Self {
        Self(
            "an address", .text(pattern: "^0x[0-9a-fA-F]{40}$"), example: "0x" + String(repeating: "0", count: 40),
            write: \.description
        ) { try Address(hex: $0) }
    }
}

extension ConfigForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a closed list of words.
    public static var word: Self {
        let words = Value.allCases.map(\.rawValue)
        return Self(
            "one of " + words.joined(separator: ", "), .words(words), example: words.first ?? "", write: \.rawValue
        ) { Value(rawValue: $0) }
    }
}
