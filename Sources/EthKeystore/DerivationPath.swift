/// The way from a seed to a key (BIP-32), such as `m/44'/60'/0'/0/0`.
public struct DerivationPath: Hashable, Sendable, CustomStringConvertible {
    /// One step down.
    public struct Step: Hashable, Sendable, CustomStringConvertible {
        /// The number in the path, with the top bit set if the step is hardened.
        public let index: UInt32

        /// The bit that marks a hardened step.
        private static let hardening: UInt32 = 1 << 31

        /// - Throws: `DerivationError.step` from 2³¹ on.
        public init(_ number: UInt32, isHardened: Bool = false) throws(DerivationError) {
            guard number < Self.hardening else { throw .step(String(number)) }
            index = isHardened ? number | Self.hardening : number
        }

        init(_ text: Substring) throws(DerivationError) {
            let isHardened = ["'", "h", "H"].contains(text.last)
            let digits = text.utf8.dropLast(isHardened ? 1 : 0)
            guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = UInt32(Substring(digits)),
                number < Self.hardening
            else {
                throw .step(String(text))
            }
            try self.init(number, isHardened: isHardened)
        }

        /// Whether the child can be derived from the private key only.
        public var isHardened: Bool { index & Self.hardening != 0 }

        public var description: String { "\(index & ~Self.hardening)\(isHardened ? "'" : "")" }
    }

    public let steps: [Step]

    /// The most steps that the byte for them can count.
    static let longest = 255

    /// - Throws: `DerivationError.tooDeep`.
    public init(_ steps: [Step]) throws(DerivationError) {
        guard steps.count <= Self.longest else { throw .tooDeep(steps: steps.count) }
        self.steps = steps
    }

    /// Parses a path that begins with `m`; `h` and `H` mark hardened steps as `'` does.
    /// - Throws: `DerivationError` that shows the wrong step.
    public init(_ text: String) throws(DerivationError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.first == "m" else { throw .noRoot(path: text) }
        var steps: [Step] = []
        for part in parts.dropFirst() { steps.append(try Step(part)) }
        try self.init(steps)
    }

    /// Where Ethereum wallets keep their accounts: `m/44'/60'/0'/0/account` (BIP-44, coin 60 of SLIP-44).
    /// - Throws: `DerivationError.step` from 2³¹ on.
    public static func ethereum(account: UInt32) throws(DerivationError) -> DerivationPath {
        try DerivationPath([
            Step(44, isHardened: true), Step(60, isHardened: true), Step(0, isHardened: true), Step(0), Step(account),
        ])
    }

    public var description: String { steps.reduce("m") { "\($0)/\($1)" } }
}
