/// An input that a decoder did not stand.
public struct Finding: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case crash, hang, memory
        /// The decoder took the input and broke a promise.
        case promise
    }

    public let target: String
    public let kind: Kind
    public let seed: UInt64
    public let index: UInt64
    /// What happened, in words.
    public let detail: String

    public init(target: String, kind: Kind, seed: UInt64, index: UInt64, detail: String) {
        self.target = target
        self.kind = kind
        self.seed = seed
        self.index = index
        self.detail = detail
    }

    /// The arguments of `fuzz` that run this input again.
    public var arguments: String { "--target \(target) --seed \(seed) --input \(index)" }
}
