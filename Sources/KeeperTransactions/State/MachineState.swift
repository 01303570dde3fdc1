public import EthPrimitives

/// Everything that a signing address has in flight and must not forget, as a value: the sum of its records.
public struct MachineState: Sendable, Hashable {
    /// Whether new nonces may be given out: an empty store knows nothing of what the account sent before.
    public var isAdopted = false
    /// Intents without a nonce, in the order in which they were wanted.
    public var wanted: [Wanted] = []
    /// Ascending by nonce, no nonce twice, no key twice.
    public var bindings: [Binding] = []
    /// Of the last two days, or with a deadline that is no longer past than that; none older than 32 days.
    public var settled: [Settlement] = []
    /// The lowest nonce that may still be free: all below are final.
    public var floor: Nonce = 0
    /// Unix seconds; 0 without a pause.
    public var pausedUntil: UInt64 = 0
    /// What final transactions cost, those of the last two days.
    var costs: [Cost] = []

    struct Cost: Sendable, Hashable {
        /// Unix seconds of the head at which it was final.
        var time: UInt64
        var amount: Wei
    }

    /// How long settlements and costs are kept, in seconds: the caps look back one day, and a wish is over long before two days after
    /// its deadline. One that is repeated for longer counts as new, with its first try.
    static let memory: UInt64 = 172_800
    /// How long settlements are kept whose deadline is far away, in seconds: 32 days.
    static let longestMemory: UInt64 = 2_764_800

    /// Of an empty store.
    public init() {}

    /// - Throws: `RecordError` at the first record that contradicts those before it.
    public init(replaying records: some Sequence<Record>) throws(RecordError) {
        self.init()
        for record in records { try apply(record) }
    }

    /// The nonces that are bound, whether or not they are mined.
    func isBound(_ nonce: Nonce) -> Bool { bindings.contains { $0.nonce == nonce } }

    func binding(of key: IntentKey) -> Binding? { bindings.first { $0.key == key } }

    /// Wei that final transactions cost in the 24 hours up to a time, and the most that those in flight can cost.
    public func committed(at time: UInt64) -> Wei { spent(at: time) + reserved }

    /// Wei that final transactions cost in the 24 hours up to a time.
    public func spent(at time: UInt64) -> Wei {
        var sum = Wei.zero
        for cost in costs where cost.time > time || time - cost.time < 86_400 { sum += cost.amount }
        return sum
    }

    /// The most that the bound nonces can cost.
    public var reserved: Wei {
        var sum = Wei.zero
        for binding in bindings { sum += binding.reserve }
        return sum
    }
}
