import EthPrimitives

extension Record {
    /// Whether nonces, heights and attempts are such as there can be: below these bounds the machine may add to them. A record with others
    /// is not ours, or not any more.
    var isWithinBounds: Bool {
        switch self {
        case .adopted(let nonce, let block): Self.isSmall(nonce) && Self.isSmall(block)
        case .wanted(let entry): Self.isSmall(entry.key)
        case .signed(let signed):
            Self.isSmall(signed.nonce) && Self.isSmall(signed.form.block) && (signed.key.map(Self.isSmall) ?? true)
        case .released(let nonce), .displaced(let nonce, _), .filled(let nonce, _, _): Self.isSmall(nonce)
        case .settled(let settlement): Self.isSmall(settlement.key) && (settlement.nonce.map(Self.isSmall) ?? true)
        case .recalled(let key): Self.isSmall(key)
        case .paused: true
        }
    }

    /// Above any nonce or height that a node is believed.
    private static func isSmall(_ number: UInt64) -> Bool { number < 1 << 53 }
    private static func isSmall(_ key: IntentKey) -> Bool { (0..<1 << 31).contains(key.attempt) }
}
