import EthChain
import EthCodec
import EthPrimitives
import EthRPC
import EthTrie
import TestSupport
import Testing

@Suite("Proofs of accounts and storage") struct AccountProofTests {
    /// A state with many accounts, some of which have storage.
    struct World {
        static let accounts = (1...200 as ClosedRange<UInt64>).map {
            Address(lowBytesOf: UInt256($0 &* 0x9E37_79B9).bigEndianBytes)
        }
        static let slots: [UInt256: UInt256] = Dictionary(
            uniqueKeysWithValues: (0..<60 as Range<UInt64>).map { (UInt256($0), UInt256($0 &* $0 + 1)) })

        static func leaf(_ index: Int) -> AccountLeaf {
            AccountLeaf(
                nonce: Nonce(index), balance: .gwei(UInt64(index)),
                storageRoot: index % 2 == 0 ? StateRoot.storage(slots) : Trie.emptyRoot,
                codeHash: index % 2 == 0 ? Keccak256.hash([UInt8(index)]) : AccountLeaf.emptyCodeHash)
        }

        static let pairs = accounts.enumerated().map { (key: $1.bytes, value: leaf($0).encoded) }
        static let root = Trie.secureRoot(of: pairs)
        static let slotPairs = slots.map { (key: $0.key.bigEndianBytes.bytes, value: StateRoot.encoded($0.value)) }
    }

    /// What a node answers.
    private func answer(_ address: Address, slots: [UInt256]) throws -> AccountProof {
        let index = World.accounts.firstIndex(of: address)
        let leaf = index.map(World.leaf) ?? AccountLeaf()
        func nodes(_ nodes: [[UInt8]]) -> JSON { .array(nodes.map { .string(Hex.encode($0)) }) }
        let storage = leaf.storageRoot == Trie.emptyRoot ? [] : World.slotPairs
        return try AccountProof(
            FieldReader(
                .object([
                    "address": .string(address.hex), "balance": Quantity.encode(leaf.balance.rawValue),
                    "nonce": Quantity.encode(leaf.nonce), "codeHash": .string(leaf.codeHash.description),
                    "storageHash": .string(leaf.storageRoot.description),
                    "accountProof": nodes(Trie.secureProof(of: address.bytes, in: World.pairs)),
                    "storageProof": .array(
                        slots.map { slot in
                            .object([
                                "key": Quantity.encode(slot),
                                "value": Quantity.encode(storage.isEmpty ? 0 : World.slots[slot] ?? 0),
                                "proof": nodes(Trie.secureProof(of: slot.bigEndianBytes.bytes, in: storage)),
                            ])
                        }),
                ]), path: "proof"))
    }

    static let nobody = Address(lowBytesOf: UInt256(1).bigEndianBytes)

    @Test(
        "hold for accounts with and without storage, for absent ones, and for slots that are there or not",
        arguments: [0, 1, 7, 42, 199])
    func hold(_ index: Int) throws {
        try answer(World.accounts[index], slots: [0, 1, 59, 60, UInt256.max]).verify(stateRoot: World.root)
        let absent = try answer(Self.nobody, slots: [0])
        try absent.verify(stateRoot: World.root)
        var zeros = absent
        zeros.codeHash = B256()
        zeros.storageHash = B256()
        try zeros.verify(stateRoot: World.root)
        #expect(throws: AccountProofError.account(.wrongNode(index: 0))) { try absent.verify(stateRoot: Trie.emptyRoot) }
    }

    @Test("with another value than the trie's are refused, and it is said which")
    func differing() throws {
        for address in [World.accounts[42], World.accounts[7], Self.nobody] {
            let right = try answer(address, slots: [1, 60])
            func expect(_ error: AccountProofError, _ change: (inout AccountProof) -> Void) {
                var wrong = right
                change(&wrong)
                #expect(throws: error) { try wrong.verify(stateRoot: World.root) }
            }
            expect(.differs(.nonce)) { $0.nonce += 1 }
            expect(.differs(.balance)) { $0.balance += Wei(1) }
            expect(.differs(.codeHash)) { $0.codeHash[3] ^= 1 }
            expect(.differs(.storageHash)) { $0.storageHash[3] ^= 1 }
            expect(.slotDiffers(.slot(1))) { $0.storageProof[0].value ^= 1 }
            expect(.slotDiffers(.slot(60))) { $0.storageProof[1].value += 1 }
            expect(.account(.unusedNodes(index: right.accountProof.count, count: 1))) { $0.accountProof.append([0x80]) }
        }
        // Somebody else's proof leads elsewhere.
        var other = try answer(World.accounts[42], slots: [])
        other.address = World.accounts[43]
        #expect(throws: AccountProofError.self) { try other.verify(stateRoot: World.root) }
    }

    @Test("with any byte of any node altered are refused, and it is said whether account or slot")
    func altered() throws {
        let right = try answer(World.accounts[42], slots: [1, 60])
        for (index, node) in right.accountProof.enumerated() {
            for byte in node.indices {
                var wrong = right
                wrong.accountProof[index][byte] ^= 0x10
                #expect(throws: AccountProofError.account(.wrongNode(index: index))) { try wrong.verify(stateRoot: World.root) }
            }
        }
        for (place, slot) in right.storageProof.enumerated() {
            for (index, node) in slot.proof.enumerated() {
                for byte in node.indices {
                    var wrong = right
                    wrong.storageProof[place].proof[index][byte] ^= 0x10
                    #expect(throws: AccountProofError.slot(slot.key, .wrongNode(index: index))) {
                        try wrong.verify(stateRoot: World.root)
                    }
                }
            }
        }
    }

    @Test("that real nodes gave hold against their headers", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func recorded() throws {
        var tally = VectorTally("eth_getProof")
        let head = try #require(RecordedChain().headers.last)
        for file in try SharedVectors.files(in: "execution-apis/tests/eth_getProof", suffix: ".io") {
            for line in try SharedVectors.text(file).split(separator: "\n") where line.hasPrefix("<< ") {
                let answer = try JSONScanner.parse(Array(line.dropFirst(3).utf8))
                let proof = try AccountProof(FieldReader(try #require(answer["result"]), path: file))
                try proof.verify(stateRoot: head.stateRoot)
                tally.count(true)
            }
        }
        // A recording without the header: each answer has nodes whose first one hashes to a root, and all else must follow from it.
        for object in try SharedVectors.lines("geth/geth-wire.jsonl.gz").map({ try JSONScanner.parse($0) })
        where object["request"]?["method"]?.string == "eth_getProof" {
            let proof = try AccountProof(FieldReader(try #require(object["response"]?["result"]), path: "geth-wire"))
            let first = try #require(proof.accountProof.first)
            try proof.verify(stateRoot: Keccak256.hash(first))
            #expect(throws: AccountProofError.account(.wrongNode(index: 0))) { try proof.verify(stateRoot: head.stateRoot) }
            tally.count(true)
        }
        tally.report()
        #expect(tally.passed == 3)
    }
}
