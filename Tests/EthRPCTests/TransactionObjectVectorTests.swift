import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import TestSupport
import Testing

@Suite("Transaction objects on real answers", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct TransactionObjectVectorTests {
    @Test("give the hash and the sender that the node names", arguments: RecordedObjects.recordings)
    func recorded(recording: String) throws {
        var tally = VectorTally("transaction hashes and senders \(recording)")
        var kinds: [TransactionType: Int] = [:]
        for (index, json) in try RecordedObjects(recording).transactions.enumerated() {
            let object = try TransactionObject(FieldReader(json, path: "\(recording)[\(index)]"))
            guard let envelope = object.envelope else {
                tally.skip("simulated, hence without a signature")
                continue
            }
            var held = envelope.hash == object.statedHash && envelope.hash.description == json["hash"]?.string
            if json["from"] != nil { held = try held && envelope.sender() == object.statedFrom }
            // What we write has the members of the node's object, in its words.
            held = held && Self.agrees(envelope.json, json)
            held = try held && TransactionObject(FieldReader(envelope.json, path: "own")).envelope == envelope
            held = try held && TransactionEnvelope(decoding: envelope.encoded) == envelope
            if case .setCode(let signed) = envelope {
                // Each of these authorizations was made by an account.
                for tuple in signed.transaction.authorizationList { held = held && (try? tuple.authority()) != nil }
            }
            #expect(held, "\(recording)[\(index)] \(object.statedHash?.description ?? "")")
            tally.count(held)
            kinds[envelope.unsigned.type, default: 0] += 1
        }
        tally.report()
        print("  by type: \(kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key): \($0.value)" })")
        #expect(tally.failed == 0 && (tally.passed > 0 || recording.hasPrefix("mainnet/headers")))
    }

    /// Whether each member that we write, but for null, is the node's, up to the case of addresses and padding of r and s.
    private static func agrees(_ own: JSON, _ node: JSON) -> Bool {
        for member in own.members ?? [] {
            guard let theirs = node[member.name], theirs != .null else { continue }
            if member.name == "r" || member.name == "s" { continue }
            guard Self.folded(member.value) == Self.folded(theirs) else { return false }
        }
        return true
    }

    private static func folded(_ json: JSON) -> String { json.sortedText.lowercased() }

    @Test("what a node was sent with its blobs is recognised by the hash that it answered")
    func pooled() throws {
        var tally = VectorTally("execution-apis eth_sendRawTransaction")
        for file in try SharedVectors.files(in: "execution-apis/tests/eth_sendRawTransaction", suffix: ".io") {
            let lines = try SharedVectors.lines(file).map { String(decoding: $0, as: UTF8.self) }
            let request = try #require(lines.first { $0.hasPrefix(">> ") }).dropFirst(3)
            let answer = try #require(lines.first { $0.hasPrefix("<< ") }).dropFirst(3)
            let raw = try #require(JSONScanner.parse(Array(request.utf8))["params"]?.array?.first?.string)
            let envelope = try TransactionEnvelope(decodingPooled: Hex.decode(raw))
            let held = try envelope.hash.description == JSONScanner.parse(Array(answer.utf8))["result"]?.string
            #expect(held, "\(file)")
            tally.count(held)
            if case .blob(let signed) = envelope {
                #expect(throws: TransactionDecodingError.carriesBlobs) { try TransactionEnvelope(decoding: Hex.decode(raw)) }
                #expect(try PooledBlobTransaction(decoding: Hex.decode(raw)).transaction == signed)
            }
        }
        tally.report()
        #expect(tally.passed == 2)
    }
}
