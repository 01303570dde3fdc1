import EthCodec
import EthPrimitives

extension ConfigValue {
    /// Sections and keys that no decision depends on: where nodes, key, store and logs are, who looks and who is told. Secrets stand nowhere
    /// else.
    private static let elsewhere: [[String]] = [["rpc", "endpoints"], ["signer"], ["store"], ["log"], ["ops"], ["alerts"]]

    /// Stands for everything that decisions depend on: the Keccak-256 hash of it as JSON with sorted keys, variables replaced.
    func decisionDigest() throws(ConfigError) -> B256 {
        Keccak256.hash(JSONWriter.bytes(of: try json([]), sorted: true))
    }

    private func json(_ path: [String]) throws(ConfigError) -> JSON {
        switch kind {
        case .null: return .null
        case .scalar: return try text().map { .string($0) } ?? .null
        case .sequence(let values):
            var elements: [JSON] = []
            for value in values { elements.append(try value.json(path)) }
            return .array(elements)
        case .mapping(let entries):
            var members: [JSON.Member] = []
            for entry in entries where !Self.elsewhere.contains(path + [entry.key]) {
                members.append(JSON.Member(entry.key, try entry.value.json(path + [entry.key])))
            }
            return .object(members)
        }
    }
}
