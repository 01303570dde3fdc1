/// What a signed form is for.
public enum FormPurpose: Codable, Sendable, Hashable {
    /// The intent itself.
    case intent
    /// To the own address, value 0, no data, 21,000 gas: takes the nonce away from the intent.
    case cancel(CancelCause)
    /// The same at a nonce that no intent has, below others of ours: without it, those could never be mined.
    case fill

    public var isIntent: Bool { self == .intent }
}
