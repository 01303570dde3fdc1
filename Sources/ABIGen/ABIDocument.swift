import EthCodec

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A contract interface in the JSON form that compilers write (Solidity documentation, "Contract ABI Specification", JSON).
struct ABIDocument {
    let entries: [Entry]

    struct Entry: Decodable {
        var type: String
        var name: String?
        var inputs: [Parameter]?
        var outputs: [Parameter]?
        var stateMutability: String?
        var anonymous: Bool?
    }

    struct Parameter: Decodable {
        var name: String
        var type: String
        /// The compiler's own name of the type, such as `struct Multicall3.Call3[]`.
        var internalType: String?
        /// Members of a tuple.
        var components: [Parameter]?
        /// Whether an event's parameter is a topic.
        var indexed: Bool?
    }

    init(json: [UInt8]) throws { entries = try JSONDecoder().decode([Entry].self, from: Data(json)) }
}

extension ABIDocument.Parameter {
    /// The type, with the members of tuples filled in.
    func abiType() throws -> ABIType {
        guard type.hasPrefix("tuple") else { return try ABIType(parsing: type) }
        let members = try (components ?? []).map { try $0.abiType().canonical }
        return try ABIType(parsing: "(" + members.joined(separator: ",") + ")" + type.dropFirst("tuple".count))
    }
}
