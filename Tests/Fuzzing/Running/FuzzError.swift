/// Why a run could not be made, whatever the decoders do.
public struct FuzzError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
}
