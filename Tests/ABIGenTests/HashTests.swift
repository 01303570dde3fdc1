import EthCodec
import EthContracts
import EthPrimitives
import Foundation
import Testing

@Suite("Selectors and topics")
struct HashTests {
    /// Every signature in the generated sources with the literal that follows it.
    static func generated(_ literal: String) throws -> [(signature: String, hash: String)] {
        let files = try FileManager.default.contentsOfDirectory(atPath: PackagePaths.bindings).filter { $0.hasSuffix(".swift") }
        return try files.flatMap { file -> [(signature: String, hash: String)] in
            let lines = try String(contentsOfFile: "\(PackagePaths.bindings)/\(file)", encoding: .utf8).split(separator: "\n")
            return zip(lines, lines.dropFirst()).compactMap { line, next -> (signature: String, hash: String)? in
                guard line.contains("static let signature = "), next.contains("static let \(literal) = ") else { return nil }
                let hash = next.drop { $0 != "(" }.dropFirst().prefix { $0.isHexDigit || $0 == "x" }
                return (String(line.split(separator: "\"")[1]), String(hash))
            }
        }
    }

    @Test("every selector literal is the hash of its signature, and agrees with the independent table")
    func selectors() throws {
        let generated = try Self.generated("selector")
        for (signature, hash) in generated {
            #expect(String(Keccak256.hash(signature).description.prefix(10)) == hash, "\(signature)")
            if let known = KnownHashes.selectors[signature] ?? KnownHashes.errors[signature] {
                #expect(known == hash, "\(signature)")
            }
        }
        let known = KnownHashes.selectors.merging(KnownHashes.errors) { first, _ in first }
        #expect(Set(known.keys).subtracting(generated.map(\.signature)).isEmpty)
        print("bindings: \(generated.count) selectors, \(known.count) of them in the independent table")
    }

    @Test("every topic literal is the hash of its signature, and agrees with the independent table")
    func topics() throws {
        let generated = try Self.generated("topic0")
        for (signature, hash) in generated {
            #expect(Keccak256.hash(signature).description == hash, "\(signature)")
            if let known = KnownHashes.topics[signature] { #expect(known == hash, "\(signature)") }
        }
        let missing = Set(KnownHashes.topics.keys).subtracting(generated.map(\.signature))
        #expect(missing.isEmpty)
        print("bindings: \(generated.count) topics, \(KnownHashes.topics.count) of them in the independent table")
    }

    @Test("the literals arrive in the compiled bindings")
    func compiled() {
        #expect(OSM.PokeCall.selector.description == "0x18178358")
        #expect(Spotter.PokeCall.selector.description == "0x1504460f")
        #expect(Multicall3.Aggregate3Call.selector.description == "0x82ad56cb")
        #expect(OSM.LogValueEvent.topic0.description == KnownHashes.topics["LogValue(bytes32)"])
        #expect(Spotter.PokeEvent.topic0.description == KnownHashes.topics["Poke(bytes32,bytes32,uint256)"])
    }
}
