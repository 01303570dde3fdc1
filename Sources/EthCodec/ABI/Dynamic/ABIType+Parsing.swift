extension ABIType {
    /// Parses a type such as `uint256`, `bytes4[]`, `(address,(uint,string)[3])[]` or `tuple(address,bool)`, without spaces and names;
    /// `uint` and `int` mean 256 bits. Arrays of length zero, which Solidity refuses, are refused.
    ///
    /// Throws `ABIError.invalidType` saying what is wrong.
    public init(parsing text: String) throws(ABIError) {
        var parser = ABITextParser(text, isDeclaration: false)
        self = try parser.type(depth: 0).type
        guard parser.isAtEnd() else { throw parser.failure("unexpected text") }
    }
}

extension ABIParameter {
    /// Parses a parameter as it is declared, such as `address to`, `bytes32 indexed ilk` or `(address target, bytes data)[] calls`.
    ///
    /// Throws `ABIError.invalidSignature` saying what is wrong.
    public init(parsing text: String) throws(ABIError) {
        // In the place where an event's parameters stand, everything that a parameter may have is allowed.
        var parser = ABITextParser("(" + text + ")", isDeclaration: true)
        let parameters = try parser.parameters(of: .event)
        guard parameters.count == 1, parser.isAtEnd() else { throw parser.failure("expected one parameter") }
        self = parameters[0]
    }
}
