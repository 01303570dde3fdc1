public import EthCodec
public import EthPrimitives

/// The form in which two requests that mean the same are equal: lower-case hexadecimal, minimal quantities in quantity and slot
/// positions, sets of addresses and topics sorted, absent members left out.
public struct CanonicalRequest: Sendable, Hashable, CustomStringConvertible {
    let method: String
    /// Canonical parameters as the compact JSON of an array.
    private let params: [UInt8]
    /// The block hash that the request is pinned to: its answer never changes. `nil` for requests about "now".
    public let pinnedTo: BlockHash?

    /// Method and canonical parameters as text.
    public var description: String { method + String(decoding: params, as: UTF8.self) }

    public init(_ request: RPCRequest) {
        if let canonical = request.canonical, let text = request.text {
            self.init(method: request.method, text: text, pinnedTo: canonical.pinnedTo)
        } else {
            self.init(method: request.method, params: request.params)
        }
    }

    public init(method: String, params: [JSON]) {
        let kinds = ParameterKind.byMethod[method] ?? []
        var writer = CanonicalWriter()
        for index in params.indices { writer.writeParameter(params[index], index < kinds.count ? kinds[index] : .plain) }
        self.init(method: method, text: writer.finish(), pinnedTo: Self.pin(params, kinds))
    }

    private init(method: String, text: [UInt8], pinnedTo: BlockHash?) {
        self.method = method
        self.params = text
        self.pinnedTo = pinnedTo
    }

    private static func pin(_ params: [JSON], _ kinds: [ParameterKind]) -> BlockHash? {
        for index in params.indices {
            switch params[index] {
            case .object(let members):
                for member in members where member.name == "blockHash" {
                    if let text = member.value.string { return hash(text) }
                }
            case .string(let text) where index < kinds.count && text.utf8.count == 66:
                if kinds[index] == .block || kinds[index] == .blockHash { return hash(text) }
            default: break
            }
        }
        return nil
    }

    private static func hash(_ text: String) -> BlockHash? {
        // Anything that is no 32-byte hash pins nothing.
        try? BlockHash(hex: text)
    }
}

extension CanonicalRequest {
    public static func == (a: Self, b: Self) -> Bool {
        // What a request is pinned to follows from its parameters.
        a.method == b.method && a.params.count == b.params.count
            && a.params.withUnsafeBytes { a in b.params.withUnsafeBytes { b in equal(a, b) } }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(
            params.withUnsafeBytes { Self.digest($0, seed: Self.seed ^ UInt64(truncatingIfNeeded: method.utf8.count)) })
    }

    /// Whoever writes a recording cannot know which requests would collide.
    private static let seed = UInt64.random(in: .min ... .max)

    /// Eight bytes at a time, each word folded in by the two halves of a product.
    private static func digest(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var digest = seed ^ UInt64(truncatingIfNeeded: bytes.count)
        func fold(_ word: UInt64) {
            let product = (digest ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            digest = product.high ^ product.low &+ word
        }
        var index = 0
        while index + 8 <= bytes.count {
            fold(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < bytes.count {
            rest = rest << 8 | UInt64(bytes[index])
            index += 1
        }
        fold(rest)
        return digest
    }

    private static func equal(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        var difference: UInt64 = 0
        var index = 0
        while index + 8 <= a.count {
            difference |=
                a.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < a.count {
            difference |= UInt64(a[index] ^ b[index])
            index += 1
        }
        return difference == 0
    }
}
