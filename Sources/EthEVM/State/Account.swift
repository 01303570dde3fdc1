public import EthPrimitives

/// What an account holds, its storage apart.
public struct Account: Hashable, Sendable {
    public var nonce: Nonce
    public var balance: Wei
    public var code: Bytecode
    /// Whether any slot is not zero: nothing can be created at such an address (EIP-7610). A node says so only in a proof; `false`
    /// where it is not known.
    public var hasStorage: Bool

    public init(nonce: Nonce = 0, balance: Wei = .zero, code: Bytecode = .empty, hasStorage: Bool = false) {
        self.nonce = nonce
        self.balance = balance
        self.code = code
        self.hasStorage = hasStorage
    }

    /// An account that does not exist, or might as well not (EIP-161).
    public static let empty = Account()

    /// Whether nonce, balance and code are those of an account that does not exist (EIP-161).
    public var isEmpty: Bool { nonce == 0 && balance == .zero && code.bytes.isEmpty }
}
