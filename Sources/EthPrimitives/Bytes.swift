/// A byte string that is written as `0x` hexadecimal wherever it is encoded.
public struct Bytes: Sendable, Hashable, Codable, CustomStringConvertible {
    public var rawValue: [UInt8]

    public init(_ bytes: [UInt8]) { rawValue = bytes }

    public var description: String { Hex.encode(rawValue) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            rawValue = try Hex.decode(container.decode(String.self))
        } catch let error as HexError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}
