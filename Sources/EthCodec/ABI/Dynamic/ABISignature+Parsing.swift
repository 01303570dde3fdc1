extension ABISignature {
    /// Parses a declaration: `transfer(address,uint256)`, `function transfer(address to, uint256 amount) view returns (bool)`,
    /// `event Poke(bytes32 indexed ilk, uint256 spot) anonymous`, `error NotMaster(bytes32 id)`, `constructor(address owner)`.
    ///
    /// Tuples are written `(…)` or `tuple(…)`; visibility, data locations and a final semicolon may be there. Outputs may follow the
    /// parameters without `returns`. `kind` is taken where the text does not name one.
    ///
    /// Throws `ABIError.invalidSignature` saying what is wrong, and where.
    public init(parsing text: String, as kind: Kind = .function) throws(ABIError) {
        var parser = ABITextParser(text, isDeclaration: true)
        guard var name = parser.word() else { throw parser.failure("expected a name") }
        var kind = kind
        switch Kind(rawValue: name) {
        case .constructor: (kind, name) = (.constructor, "")
        case .fallback: (kind, name) = (.fallback, "")
        case .receive: (kind, name) = (.receive, "")
        case let named?:
            // `error(uint256)` is a function called so; `error Name(uint256)` is an error.
            if let word = parser.word() { (kind, name) = (named, word) }
        case nil: break
        }
        self.init(kind, name)
        inputs = try parser.parameters(of: kind)
        switch kind {
        case .function, .constructor, .fallback, .receive: try parseFunctionSuffix(&parser)
        case .event:
            if let word = parser.word() {
                guard word == "anonymous" else { throw parser.failure("unexpected \"\(word)\" before the end,") }
                isAnonymous = true
            }
            let limit = isAnonymous ? 4 : 3
            guard inputs.count(where: \.isIndexed) <= limit else { throw parser.failure("more than \(limit) indexed parameters") }
        case .error: break
        }
        _ = parser.take(";")
        guard parser.isAtEnd() else { throw parser.failure("unexpected text") }
    }

    private mutating func parseFunctionSuffix(_ parser: inout ABITextParser) throws(ABIError) {
        var hasReturns = false
        var hasMutability = false
        while let word = parser.word() {
            switch word {
            case "external", "public", "internal", "private", "virtual", "override": continue
            case "returns":
                hasReturns = true
                outputs = try parser.parameters()
            case "constant" where !hasMutability: (stateMutability, hasMutability) = (.view, true)
            default:
                guard !hasMutability, let named = StateMutability(rawValue: word) else {
                    throw parser.failure("unexpected \"\(word)\" before the text")
                }
                (stateMutability, hasMutability) = (named, true)
            }
            if hasReturns { break }
        }
        if !hasReturns, kind == .function, parser.isAtOpening() { outputs = try parser.parameters() }
    }
}
