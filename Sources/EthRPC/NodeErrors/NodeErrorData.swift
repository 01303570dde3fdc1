internal import EthCodec
internal import EthPrimitives

/// What nodes put into the `data` of an error: bytes in several wrappings, or text.
enum NodeErrorData {
    /// The bytes, or else the text, at most 300 characters of it.
    ///
    /// Bytes are hexadecimal, alone, after `Reverted ` (Parity and its followers), or in a member `data` of objects (clients for
    /// development).
    static func split(_ data: JSON?) -> (bytes: [UInt8]?, detail: String?) {
        guard let data, data != .null else { return (nil, nil) }
        if let bytes = bytes(data, depth: 0) { return (bytes, nil) }
        return (nil, NodeText.excerpt(data.string ?? data.description))
    }

    private static func bytes(_ data: JSON, depth: Int) -> [UInt8]? {
        switch data {
        case .string(let text):
            let hex = text.hasPrefix("Reverted ") ? String(text.dropFirst(9)) : text
            // Prose is no hexadecimal, and is kept as text.
            return try? Hex.decode(hex)
        case .object where depth < 4: return data["data"].flatMap { bytes($0, depth: depth + 1) }
        default: return nil
        }
    }
}
