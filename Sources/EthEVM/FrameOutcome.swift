/// Why a frame ended without giving back its gas.
public enum Halt: String, Hashable, Sendable, CaseIterable, Error {
    case outOfGas, stackUnderflow, stackOverflow, invalidJump, invalidOpcode, writeInStaticCall, returnDataOutOfBounds
    /// Code of a new contract above 24,576 bytes (EIP-170) or beginning with 0xef (EIP-3541), initialisation code above 49,152 (EIP-3860).
    case codeTooLarge, codeRejected, initCodeTooLarge
    /// A contract or a used nonce is already at the address of a new contract.
    case createCollision
    /// A precompiled contract refused its input.
    case precompileFailed

    /// For people.
    public var text: String {
        switch self {
        case .outOfGas: "out of gas"
        case .stackUnderflow: "stack underflow"
        case .stackOverflow: "stack overflow"
        case .invalidJump: "jump to a place that is no JUMPDEST"
        case .invalidOpcode: "invalid opcode"
        case .writeInStaticCall: "write in a static call"
        case .returnDataOutOfBounds: "read beyond the return data"
        case .codeTooLarge: "code of the new contract is too large"
        case .codeRejected: "code of the new contract begins with 0xef"
        case .initCodeTooLarge: "initialisation code is too large"
        case .createCollision: "there is a contract at the address already"
        case .precompileFailed: "the precompiled contract refused its input"
        }
    }
}

/// How a frame ended.
public enum FrameOutcome: Hashable, Sendable {
    case succeeded
    /// REVERT: what was done is undone, the gas that is left comes back.
    case reverted
    /// What was done is undone, all gas given is used.
    case halted(Halt)
    /// The call was not made: its value exceeds the balance, the depth 1,024, or the creator's nonce the last one. The gas comes back.
    case refused(Refusal)

    public enum Refusal: String, Hashable, Sendable {
        case insufficientBalance, depth, nonceOverflow

        public var text: String {
            switch self {
            case .insufficientBalance: "not enough balance for the value"
            case .depth: "depth of calls exceeds 1,024"
            case .nonceOverflow: "the creator's nonce is at its end"
            }
        }
    }

    public var succeeded: Bool { self == .succeeded }
}
