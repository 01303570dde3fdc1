public import EthCodec
public import EthPrimitives

/// What a simulation sees of an account instead of the real thing; `nil` leaves it as it is.
public struct AccountOverride: Sendable, Hashable {
    public enum Storage: Sendable, Hashable {
        /// These slots, and zero in all others.
        case replaced([B256: B256])
        /// These slots; the others stay.
        case changed([B256: B256])
    }

    public var balance: Wei?
    public var nonce: Nonce?
    public var code: [UInt8]?
    public var storage: Storage?
    /// Where the precompiled contract of this address goes.
    public var movePrecompileTo: Address?

    public init(
        balance: Wei? = nil, nonce: Nonce? = nil, code: [UInt8]? = nil, storage: Storage? = nil, movePrecompileTo: Address? = nil
    ) {
        self.balance = balance
        self.nonce = nonce
        self.code = code
        self.storage = storage
        self.movePrecompileTo = movePrecompileTo
    }

    public var json: JSON {
        func slots(_ slots: [B256: B256]) -> JSON {
            .object(slots.sorted { $0.key < $1.key }.map { .init($0.key.description, .string($0.value.description)) })
        }
        let (state, difference): (JSON?, JSON?) =
            switch storage {
            case .replaced(let all): (slots(all), nil)
            case .changed(let some): (nil, slots(some))
            case nil: (nil, nil)
            }
        return .object([
            "balance": balance.map { Quantity.encode($0.rawValue) }, "nonce": nonce.map(Quantity.encode),
            "code": code.map { .string(Hex.encode($0)) }, "state": state, "stateDiff": difference,
            "movePrecompileToAddress": movePrecompileTo.map { .string($0.hex) },
        ])
    }
}

/// Overrides by account.
public typealias StateOverrides = [Address: AccountOverride]

extension StateOverrides {
    public var json: JSON { .object(sorted { $0.key < $1.key }.map { .init($0.key.hex, $0.value.json) }) }
}
