public import EthPrimitives

/// Why a call reverted, read from its revert data.
public enum RevertReason: Sendable, Hashable {
    /// `revert("…")` or `require(…, "…")`: `Error(string)`.
    case message(String)
    /// A check that the compiler inserted: `Panic(uint256)`.
    case panic(UInt256)
    /// A custom error: its selector and encoded arguments.
    case custom(Selector, data: [UInt8])
    /// Fewer than four bytes: not the form of any Solidity error.
    case raw([UInt8])
    /// No data: `revert()`, an old `assert`, a missing function, or gas that ran out.
    case empty

    static let errorSelector = Selector(0x08c3_79a0)
    static let panicSelector = Selector(0x4e48_7b71)

    /// Reads revert data; anything undecodable is shown as a custom error, so this never fails.
    public static func decode(_ data: [UInt8]) -> RevertReason {
        guard !data.isEmpty else { return .empty }
        guard let selector = Selector(data.prefix(4)) else { return .raw(data) }
        let custom = RevertReason.custom(selector, data: Array(data.dropFirst(4)))
        do {
            var decoder = try ABIDecoder(data, after: selector)
            switch selector {
            // Contracts can revert with any bytes; text that is not UTF-8 is repaired rather than hidden.
            case errorSelector: return .message(String(decoding: try decoder.next(ABIBytes.self).bytes, as: UTF8.self))
            case panicSelector: return .panic(try decoder.next())
            default: return custom
            }
        } catch {
            return custom
        }
    }

    /// The name of a panic code (Solidity documentation, "Panic via assert and Error via require").
    public static func panicName(_ code: UInt256) -> String {
        switch code {
        case 0x00: "generic panic"
        case 0x01: "assertion failed"
        case 0x11: "arithmetic overflow"
        case 0x12: "division by zero"
        case 0x21: "value outside an enumeration"
        case 0x22: "invalid storage byte array"
        case 0x31: "pop from an empty array"
        case 0x32: "index out of range"
        case 0x41: "too much memory"
        case 0x51: "call of an uninitialised function"
        default: "unknown panic"
        }
    }
}

extension RevertReason: CustomStringConvertible {
    /// The reason in words, for logs and reports.
    public var description: String {
        switch self {
        case .message(let text): "\"\(text)\""
        case .panic(let code): "panic \(code.hexQuantity): \(Self.panicName(code))"
        case .custom(let selector, let data): "custom error \(selector)" + (data.isEmpty ? "" : " with data \(Hex.encode(data))")
        case .raw(let data): "data \(Hex.encode(data))"
        case .empty: "no reason given"
        }
    }
}
