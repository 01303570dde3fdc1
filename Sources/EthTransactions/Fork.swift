/// A set of protocol rules, in the order in which mainnet adopted them. Upgrades that only delayed the difficulty bomb or only
/// concerned consensus are not told apart.
public enum Fork: Int, Sendable, Hashable, CaseIterable, Comparable {
    case frontier, homestead
    /// EIP-150, Tangerine Whistle.
    case eip150
    /// EIP-155, EIP-158 and others, Spurious Dragon.
    case eip158
    case byzantium, constantinople
    /// Constantinople without EIP-1283, also called Petersburg.
    case constantinopleFix
    case istanbul, berlin, london
    /// The merge: blocks without proof of work.
    case paris
    case shanghai, cancun, prague, osaka

    /// The newest rules known here.
    public static let latest = Fork.osaka

    /// Finds a fork by the name that test suites and clients give it, in either case.
    public init?(name: String) {
        let name = name.lowercased()
        guard let fork = Fork.allCases.first(where: { $0.name.lowercased() == name }) ?? Self.aliases[name] else { return nil }
        self = fork
    }

    /// The name in the Ethereum test suite: `Frontier`, `EIP150`, `ConstantinopleFix`, `Paris`, …
    public var name: String {
        switch self {
        case .frontier: "Frontier"
        case .homestead: "Homestead"
        case .eip150: "EIP150"
        case .eip158: "EIP158"
        case .byzantium: "Byzantium"
        case .constantinople: "Constantinople"
        case .constantinopleFix: "ConstantinopleFix"
        case .istanbul: "Istanbul"
        case .berlin: "Berlin"
        case .london: "London"
        case .paris: "Paris"
        case .shanghai: "Shanghai"
        case .cancun: "Cancun"
        case .prague: "Prague"
        case .osaka: "Osaka"
        }
    }

    private static let aliases: [String: Fork] = [
        "tangerinewhistle": .eip150, "spuriousdragon": .eip158, "petersburg": .constantinopleFix, "muirglacier": .istanbul,
        "arrowglacier": .london, "grayglacier": .london, "merge": .paris, "themerge": .paris, "latest": .latest,
    ]

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension Fork: CustomStringConvertible {
    public var description: String { name }
}

extension Fork: Codable {
    /// By its name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let fork = Fork(name: name) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected the name of a fork, got \(name)")
        }
        self = fork
    }
}
