public import EthCodec
public import EthPrimitives

/// The form in which two requests that mean the same are equal: lower-case hexadecimal, minimal quantities in quantity and slot
/// positions, address sets sorted, absent members left out.
public struct CanonicalRequest: Sendable, Hashable, CustomStringConvertible {
    /// Method and canonical parameters as text.
    public let description: String
    /// The block hash that the request is pinned to: its answer never changes. `nil` for requests about "now".
    public let pinnedTo: BlockHash?

    public init(_ request: RPCRequest) { self.init(method: request.method, params: request.params) }

    public init(method: String, params: [JSON]) {
        var canonical = params.enumerated().map { Self.canonical($1, Self.kind(of: method, at: $0)) }
        // Absent, null and {} say the same, at the end and before further parameters.
        while let last = canonical.last, last == .null || last == .object([]) { canonical.removeLast() }
        canonical = canonical.map { $0 == .null ? .object([]) : $0 }
        description = method + JSON.array(canonical).sortedText
        pinnedTo = Self.pin(method, canonical)
    }

    /// What a parameter means, as far as its form depends on it.
    enum Kind { case plain, quantity, slotKey, slotKeys, block, call, blockOverrides, logFilter }

    private static func kind(of method: String, at index: Int) -> Kind {
        switch (method, index) {
        case ("eth_getStorageAt", 1): .slotKey
        case ("eth_getProof", 1): .slotKeys
        case ("eth_getStorageAt", 2), ("eth_getBalance", 1), ("eth_getCode", 1), ("eth_getTransactionCount", 1),
            ("eth_getProof", 2),
            ("eth_call", 1), ("eth_estimateGas", 1), ("eth_createAccessList", 1), ("eth_getBlockByNumber", 0),
            ("eth_getBlockReceipts", 0), ("eth_feeHistory", 1):
            .block
        case ("eth_call", 0), ("eth_estimateGas", 0), ("eth_createAccessList", 0): .call
        case ("eth_call", 3), ("eth_estimateGas", 3): .blockOverrides
        case ("eth_getLogs", 0): .logFilter
        case ("eth_feeHistory", 0): .quantity
        default: .plain
        }
    }

    private static let callQuantities: Set = [
        "gas", "gasPrice", "value", "nonce", "maxFeePerGas", "maxPriorityFeePerGas", "type", "chainId",
    ]

    private static func canonical(_ value: JSON, _ kind: Kind) -> JSON {
        switch (kind, value) {
        case (.block, .object(let members)):
            return plain(.object(members.filter { $0.name != "requireCanonical" || $0.value != false }))
        case (.block, .string(let text)) where text.utf8.count == 66: return .object(["blockHash": plain(value)])
        case (.quantity, _), (.slotKey, _), (.block, _): return quantity(value)
        case (.slotKeys, .array(let keys)): return .array(keys.map(quantity))
        case (.call, .object(let members)):
            return plain(
                .object(
                    members.map { member in
                        let name = member.name == "input" ? "data" : member.name
                        return JSON.Member(name, callQuantities.contains(name) ? quantity(member.value) : member.value)
                    }))
        case (.blockOverrides, .object(let members)):
            return plain(.object(members.map { JSON.Member($0.name, quantity($0.value)) }))
        case (.logFilter, .object(let members)): return plain(.object(members.map(canonicalFilter)))
        default: return plain(value)
        }
    }

    private static func canonicalFilter(_ member: JSON.Member) -> JSON.Member {
        switch member.name {
        case "address":
            return JSON.Member("address", anyOf(member.value))
        case "topics":
            // Each position says that there must be a topic, any where it is null or empty.
            let positions = member.value.array ?? []
            return JSON.Member("topics", positions.isEmpty ? .null : .array(positions.map { anyOf($0, none: []) }))
        case "fromBlock", "toBlock": return JSON.Member(member.name, quantity(member.value))
        default: return member
        }
    }

    /// One value or any of several, in whichever order.
    private static func anyOf(_ value: JSON, none: JSON = .null) -> JSON {
        guard value != .null, value != [] else { return none }
        return .array((value.array ?? [value]).map(plain).sorted { $0.description < $1.description })
    }

    /// Lower-case hexadecimal; members without a value left out.
    private static func plain(_ value: JSON) -> JSON {
        switch value {
        case .string(let text): .string(text.hasPrefix("0x") || text.hasPrefix("0X") ? text.lowercased() : text)
        case .array(let elements): .array(elements.map(plain))
        case .object(let members): .object(members.filter { $0.value != .null }.map { JSON.Member($0.name, plain($0.value)) })
        default: value
        }
    }

    /// A number or hexadecimal of any padding as a minimal quantity; tags and hashes stay.
    private static func quantity(_ value: JSON) -> JSON {
        switch value {
        case .number(let digits): return UInt256(digits).map(Quantity.encode) ?? value
        case .string(let text):
            let text = text.lowercased()
            guard text.hasPrefix("0x"), text.utf8.count <= 66 else { return .string(text) }
            let digits = text.dropFirst(2).drop { $0 == "0" }
            return .string("0x" + (digits.isEmpty ? "0" : digits))
        default: return plain(value)
        }
    }

    private static func pin(_ method: String, _ params: [JSON]) -> BlockHash? {
        if method == "eth_getBlockByHash" || method == "eth_getBlockReceipts", let text = params.first?.string {
            return hash(text)
        }
        for param in params {
            if let text = param["blockHash"]?.string { return hash(text) }
        }
        return nil
    }

    private static func hash(_ text: String) -> BlockHash? {
        // Anything that is no 32-byte hash pins nothing.
        try? BlockHash(hex: text)
    }
}
