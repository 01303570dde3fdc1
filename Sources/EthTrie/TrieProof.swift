public import EthPrimitives

/// Proofs that a trie of a known root holds a value under a key, or none (EIP-1186).
public enum TrieProof {
    /// Follows a key from the root, node by node, and returns what the trie holds there; `nil` if it is proven to hold nothing.
    ///
    /// Every node must be the one that its parent names. A node of less than 32 bytes stands inside its parent; some clients list
    /// it once more, which is taken if it is the same. Nothing else may follow the last node. The proof for an empty trie is
    /// empty, or its one node.
    ///
    /// - Parameters:
    ///   - key: as the trie has it: for accounts and storage, the hash of the address or slot.
    ///   - proof: nodes from the root on, RLP-encoded.
    /// - Throws: `TrieProofError`, which says at which node.
    public static func verify(root: B256, key: [UInt8], proof: [[UInt8]]) throws(TrieProofError) -> [UInt8]? {
        var walk = TrieWalk(key: key, proof: proof)
        let value = try walk.follow(.hash(root))
        try walk.finish()
        return value
    }
}

/// Why a proof proves nothing, and at which of its nodes, counted from 0.
public enum TrieProofError: Error, Equatable, Sendable {
    /// The proof ends before this node, which its parent, or the root, names.
    case missingNode(index: Int)
    /// The node is not the one that its parent, or the root, names.
    case wrongNode(index: Int)
    /// The bytes at this index, or those of a node inside them, are no node.
    case malformedNode(index: Int, TrieNodeFault)
    /// Nodes from this one on prove nothing.
    case unusedNodes(index: Int, count: Int)
}

extension TrieProofError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingNode(let index): "the proof ends before its node \(index)"
        case .wrongNode(let index):
            "node \(index) of the proof is not the one that \(index == 0 ? "the root" : "its parent") names"
        case .malformedNode(let index, let fault): "node \(index) of the proof: \(fault)"
        case .unusedNodes(let index, let count): "\(count) nodes of the proof are not needed, from node \(index) on"
        }
    }
}

/// The way of a key through the nodes of a proof.
private struct TrieWalk {
    private let key: [UInt8]
    private let proof: [[UInt8]]
    /// Nibbles of the key that lie behind.
    private var depth = 0
    /// Nodes of the proof that were used.
    private var used = 0

    init(key: [UInt8], proof: [[UInt8]]) {
        self.key = key
        self.proof = proof
    }

    /// Each turn uses a node of the proof or goes into a smaller one inside it.
    mutating func follow(_ root: TrieNode.Reference) throws(TrieProofError) -> [UInt8]? {
        var reference = root
        while true {
            guard let node = try resolve(reference) else { return nil }
            switch node {
            case .empty: return nil
            case .leaf(let path, let value): return path.count == nibblesLeft && take(path) ? value : nil
            case .extension(let path, let child):
                guard take(path) else { return nil }
                reference = child
            case .branch(let children, let value):
                guard nibblesLeft > 0 else { return value.isEmpty ? nil : value }
                reference = children[Int(nibble(depth))]
                depth += 1
            }
        }
    }

    func finish() throws(TrieProofError) {
        guard used == proof.count else { throw .unusedNodes(index: used, count: proof.count - used) }
    }

    /// The node that is referred to, `nil` if none is.
    private mutating func resolve(_ reference: TrieNode.Reference) throws(TrieProofError) -> TrieNode? {
        switch reference {
        case .none: return nil
        case .hash(let hash):
            guard used < proof.count else {
                if used == 0, hash == Trie.emptyRoot { return nil }
                throw .missingNode(index: used)
            }
            let bytes = proof[used]
            guard Keccak256.hash(bytes) == hash else { throw .wrongNode(index: used) }
            used += 1
            return try decode(bytes, index: used - 1)
        case .inlined(let bytes):
            let node = try decode(bytes, index: used - 1)
            if used < proof.count, proof[used] == bytes { used += 1 }
            return node
        }
    }

    private func decode(_ bytes: [UInt8], index: Int) throws(TrieProofError) -> TrieNode {
        let node: TrieNode
        do throws(TrieNodeFault) { node = try TrieNode(bytes) } catch { throw .malformedNode(index: index, error) }
        // An empty trie has one node; in others there are none.
        if case .empty = node, index > 0 { throw .malformedNode(index: index, .emptyNode) }
        return node
    }

    private var nibblesLeft: Int { 2 * key.count - depth }

    private func nibble(_ index: Int) -> UInt8 { index & 1 == 0 ? key[index / 2] >> 4 : key[index / 2] & 15 }

    /// Goes along a path if the key does.
    private mutating func take(_ path: [UInt8]) -> Bool {
        guard path.count <= nibblesLeft, path.indices.allSatisfy({ nibble(depth + $0) == path[$0] }) else { return false }
        depth += path.count
        return true
    }
}
