import EthCodec
import EthPrimitives
import EthTrie
import TestSupport
import Testing

@Suite("Proofs of tries") struct TrieProofTests {
    /// A proof of a vector.
    struct Case: Sendable, CustomStringConvertible {
        let trie: TrieVectors.Trie
        let proof: TrieVectors.Trie.Proof
        var description: String { "\(trie) \(proof.key)" }
        /// The spellings that clients have.
        var spellings: [[[UInt8]]] { ([proof.nodes] + (proof.withInlined.map { [$0] } ?? [])).map { $0.map(\.rawValue) } }
        var value: [UInt8]? { proof.value.rawValue.isEmpty ? nil : proof.value.rawValue }

        func verify(_ nodes: [[UInt8]]) throws(TrieProofError) -> [UInt8]? {
            try TrieProof.verify(root: trie.root, key: proof.key.rawValue, proof: nodes)
        }
    }

    static let cases = TrieVectors.all.tries.flatMap { trie in trie.proofs.map { Case(trie: trie, proof: $0) } }

    @Test("of an independent implementation hold, those of absence too, with and without nodes inside others", arguments: cases)
    func vectors(_ item: Case) throws {
        for nodes in item.spellings { #expect(try item.verify(nodes) == item.value) }
        let own = try Trie.proof(of: item.proof.key.rawValue, in: item.trie.entries)
        #expect(own == item.proof.nodes.map(\.rawValue))
    }

    @Test("with any byte altered are refused, at the node that has it", arguments: cases)
    func altered(_ item: Case) throws {
        for nodes in item.spellings {
            for (index, node) in nodes.enumerated() {
                for byte in node.indices {
                    var altered = nodes
                    altered[index][byte] ^= 1 << UInt8(byte % 8)
                    // A node that stands inside its parent, and is listed once more in another form, is one too many.
                    let isInlined = index > 0 && node.count < 32
                    let expected: TrieProofError =
                        isInlined ? .unusedNodes(index: index, count: nodes.count - index) : .wrongNode(index: index)
                    if isInlined, nodes.dropFirst(index).contains(where: { $0.count >= 32 }) {
                        #expect(throws: TrieProofError.self) { try item.verify(altered) }
                    } else {
                        #expect(throws: expected) { try item.verify(altered) }
                    }
                }
            }
        }
    }

    @Test("with a node missing, one too many, or two exchanged are refused, and it is said which", arguments: cases)
    func rearranged(_ item: Case) throws {
        let nodes = item.proof.nodes.map(\.rawValue)
        // An empty trie's one node may be listed.
        let more: [[UInt8]] = nodes.isEmpty ? [[0x80], [0x80]] : [[0x80]]
        #expect(throws: TrieProofError.unusedNodes(index: max(1, nodes.count), count: 1)) { try item.verify(nodes + more) }
        if let last = nodes.last {
            #expect(throws: TrieProofError.unusedNodes(index: nodes.count, count: 1)) { try item.verify(nodes + [last]) }
            #expect(throws: TrieProofError.missingNode(index: nodes.count - 1)) { try item.verify(nodes.dropLast()) }
        }
        for index in nodes.indices.dropLast() {
            var changed = nodes
            changed.swapAt(index, index + 1)
            #expect(throws: TrieProofError.wrongNode(index: index)) { try item.verify(changed) }
            changed = nodes
            changed.remove(at: index)
            #expect(throws: TrieProofError.wrongNode(index: index)) { try item.verify(changed) }
        }
    }

    @Test("of an empty trie are nothing, or its one node")
    func empty() throws {
        #expect(try TrieProof.verify(root: Trie.emptyRoot, key: [1], proof: []) == nil)
        #expect(try TrieProof.verify(root: Trie.emptyRoot, key: [1], proof: [[0x80]]) == nil)
        #expect(throws: TrieProofError.missingNode(index: 0)) {
            try TrieProof.verify(root: B256(), key: [1], proof: [])
        }
    }

    @Test(
        "whose nodes hash right and are no nodes are refused, and it is said why",
        arguments: [
            ("0x", .rlp(.truncated(position: 0))), ("0x20", .rlp(.expectedList)), ("0xc2200100", .rlp(.trailingBytes(count: 1))),
            ("0xc0", .memberCount(0)), ("0xc3010203", .memberCount(3)),
            ("0xd3" + String(repeating: "01", count: 19), .memberCount(18)),
            ("0xc28001", .path), ("0xc24001", .path), ("0xc20501", .path), ("0xc22080", .emptyValue),
            ("0xc21180", .emptyExtension),
            ("0xe200a0" + String(repeating: "01", count: 32), .emptyExtension), ("0xc2c020", .listForString),
            ("0xc220c0", .listForString), ("0xc21105", .referenceSize(1)),
            ("0xe111df" + String(repeating: "01", count: 31), .referenceSize(32)),
        ] as [(String, TrieNodeFault)])
    func malformed(_ text: String, _ fault: TrieNodeFault) throws {
        let node = try Hex.decode(text)
        #expect(throws: TrieProofError.malformedNode(index: 0, fault)) {
            try TrieProof.verify(root: Keccak256.hash(node), key: [0x10], proof: [node])
        }
    }

    @Test("with the node of an empty trie, or no node at all, inside another are refused")
    func malformedInside() throws {
        let parent = try Hex.decode("0xe211a0") + Trie.emptyRoot.bytes
        #expect(throws: TrieProofError.malformedNode(index: 1, .emptyNode)) {
            try TrieProof.verify(root: Keccak256.hash(parent), key: [0x10], proof: [parent, [0x80]])
        }
        let other = try Hex.decode("0xc211c0")
        #expect(throws: TrieProofError.malformedNode(index: 0, .memberCount(0))) {
            try TrieProof.verify(root: Keccak256.hash(other), key: [0x10], proof: [other])
        }
    }

    @Test("of random tries hold for each key, and for keys that are not there")
    func random() throws {
        var random = SeededRandom(3)
        for round in 0..<24 {
            var pairs: [[UInt8]: [UInt8]] = [:]
            let alphabet: ClosedRange<UInt8> = round % 3 == 0 ? 0...255 : 0...UInt8(1 + round % 7)
            func word(_ count: ClosedRange<Int>) -> [UInt8] {
                (0..<Int.random(in: count, using: &random)).map { _ in .random(in: alphabet, using: &random) }
            }
            for _ in 0..<(1 + round) { pairs[word(0...5)] = word(1...40) }
            let entries = pairs.map { (key: $0.key, value: $0.value) }
            let root = try Trie.root(of: entries)
            for key in Array(pairs.keys) + (0..<20).map({ _ in word(0...6) }) {
                let proof = try Trie.proof(of: key, in: entries)
                #expect(try TrieProof.verify(root: root, key: key, proof: proof) == pairs[key])
                let secure = Trie.secureProof(of: key, in: entries)
                let hash = Keccak256.hash(key).bytes
                #expect(try TrieProof.verify(root: Trie.secureRoot(of: entries), key: hash, proof: secure) == pairs[key])
            }
        }
    }

    @Test("of any bytes end in a value or a typed error")
    func anyBytes() throws {
        var random = SeededRandom(4)
        for item in Self.cases {
            for nodes in item.spellings where !nodes.isEmpty {
                for _ in 0..<20 {
                    // The first node hashes to the root that is asked for, so that its bytes are read.
                    var changed = nodes
                    let index = Int.random(in: 0..<nodes.count, using: &random)
                    changed[index] = random.mutation(of: changed[index])
                    let root = Keccak256.hash(changed[0])
                    _ = try? TrieProof.verify(root: root, key: item.proof.key.rawValue, proof: changed)
                }
            }
        }
    }
}
