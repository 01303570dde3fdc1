import EthCodec
import EthContracts
import EthPrimitives
import Foundation
import Testing

@Suite("Selectors and topics")
struct HashTests {
    @Test("every selector literal is the hash of its signature, and agrees with the independent tables")
    func selectors() throws {
        let generated = try GeneratedText.files().flatMap { try GeneratedText(file: $0).selectors }
        let known = KnownHashes.selectors.merging(KnownHashes.errors) { first, _ in first }
        for (signature, hash) in generated {
            #expect(String(Keccak256.hash(signature).description.prefix(10)) == hash, "\(signature)")
            if let independent = known[signature] { #expect(independent == hash, "\(signature)") }
        }
        #expect(Set(known.keys).subtracting(generated.map(\.signature)).isEmpty)
        #expect((KnownHashes.selectors.count, KnownHashes.errors.count) == (174, 25))
        print(
            "bindings: \(generated.count) selectors, \(Set(generated.map(\.signature)).count) of them different;",
            "\(KnownHashes.selectors.count) functions and \(KnownHashes.errors.count) errors are in the independent tables")
    }

    @Test("every topic literal is the hash of its signature, and agrees with the independent table")
    func topics() throws {
        let generated = try GeneratedText.files().flatMap { try GeneratedText(file: $0).topics }
        for (signature, hash) in generated {
            #expect(Keccak256.hash(signature).description == hash, "\(signature)")
            if let known = KnownHashes.topics[signature] { #expect(known == hash, "\(signature)") }
        }
        #expect(Set(KnownHashes.topics.keys).subtracting(generated.map(\.signature)).isEmpty)
        #expect(KnownHashes.topics.count == 86)
        print(
            "bindings: \(generated.count) topics, \(Set(generated.map(\.signature)).count) of them different;",
            "\(KnownHashes.topics.count) are in the independent table")
    }

    @Test("each interface is bound whole: every function, event and error once")
    func complete() throws {
        var counts: [ABISignature.Kind: Int] = [:]
        let files = try GeneratedText.files()
        for file in files {
            let path = "\(PackagePaths.interfaces)/\(file.dropLast(".swift".count)).json"
            let document = try ABIDocument(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
            let declared = document.entries.filter { [.function, .event, .error].contains($0.kind) }
            let bound = try GeneratedText(file: file)
            #expect(bound.signatures.sorted() == declared.map(\.canonical).sorted(), "\(file)")
            #expect(bound.selectors.count == declared.count { $0.kind != .event }, "\(file)")
            #expect(bound.topics.count == declared.count { $0.kind == .event && !$0.isAnonymous }, "\(file)")
            for entry in declared { counts[entry.kind, default: 0] += 1 }
        }
        #expect(files.count >= 73)
        print(
            "bindings: \(files.count) interfaces, \(counts[.function, default: 0]) functions,",
            "\(counts[.event, default: 0]) events, \(counts[.error, default: 0]) errors")
    }

    @Test("the literals arrive in the compiled bindings")
    func compiled() {
        #expect(OSM.PokeCall.selector.description == "0x18178358")
        #expect(Spotter.PokeCall.selector.description == "0x1504460f")
        #expect(Multicall3.Aggregate3Call.selector.description == "0x82ad56cb")
        #expect(IJob.NotMasterError.selector.description == "0xd58409f6")
        #expect(OSM.LogValueEvent.topic0.description == KnownHashes.topics["LogValue(bytes32)"])
        #expect(Spotter.PokeEvent.topic0.description == KnownHashes.topics["Poke(bytes32,bytes32,uint256)"])
    }
}
