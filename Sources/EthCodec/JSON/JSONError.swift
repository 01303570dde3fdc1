/// Why bytes are not JSON, with the offset of the first byte that does not fit.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        case truncated
        case unexpected(byte: UInt8)
        case invalidNumber
        case invalidString
        case tooDeep(limit: Int)
        case trailingBytes
        /// An object has two members of one name, and the scanner was told to refuse that.
        case duplicateName(String)
    }

    public var code: Code
    public var offset: Int

    public var description: String {
        switch code {
        case .truncated: "JSON ends early, after \(offset) bytes"
        case .unexpected(let byte): "JSON has an unexpected byte 0x\(String(byte, radix: 16)) at offset \(offset)"
        case .invalidNumber: "JSON has an invalid number at offset \(offset)"
        case .invalidString: "JSON has an invalid string at offset \(offset)"
        case .tooDeep(let limit): "JSON is nested deeper than \(limit) at offset \(offset)"
        case .duplicateName(let name): "JSON has an object with two members \"\(name)\", the second before offset \(offset)"
        case .trailingBytes: "JSON is followed by other bytes at offset \(offset)"
        }
    }
}
