import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("The specification's recorded pairs", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct ExecutionAPIReplayTests {
    /// Requests that our types cannot say, which is their point: the node refuses them too.
    private static let unsayable: Set = [
        "eth_getLogs/filter-error-invalid-blockHash-and-range.io", "eth_getStorageAt/get-storage-invalid-key-too-large.io",
    ]
    /// Requests whose storage key has leading zeros; ours is the same number without them.
    private static let padded: Set = ["eth_getProof/get-account-proof-with-storage.io"]

    private static func pairs(_ file: String) throws -> [(request: JSON, answer: [UInt8])] {
        var pairs: [(JSON, [UInt8])] = []
        var request: JSON?
        for line in try SharedVectors.text(file).split(separator: "\n") {
            let bytes = Array(line.dropFirst(3).utf8)
            if line.hasPrefix(">> ") { request = try JSONScanner.parse(bytes) }
            if line.hasPrefix("<< ") { pairs.append((try #require(request), bytes)) }
        }
        return pairs
    }

    @Test("requests are built identically; answers are read into types and written again as they came")
    func replay() throws {
        var tally = VectorTally("execution-apis replay")
        var (identical, canonical, rewritten, refusals, passed) = (0, 0, 0, 0, 0)
        var methods: [String: Int] = [:]
        let files = try SharedVectors.files(in: "execution-apis/tests", suffix: ".io")
        for file in files {
            let name = file.split(separator: "/").suffix(2).joined(separator: "/")
            for (request, answer) in try Self.pairs(file) {
                let method = try #require(request["method"]?.string)
                let params = request["params"]?.array ?? []
                let response = try RPCResponse(parsing: answer[...])
                if Self.unsayable.contains(name) {
                    #expect(throws: ParsedParameters.Unsayable.self) { try ReplayedMethod(method, params) }
                    let error = #expect(throws: RPCError.self) { try response.result() }
                    #expect(error?.nodeError?.kind == .invalidParams)
                    tally.skip("requests that our types refuse to say")
                    continue
                }
                guard let replayed = try ReplayedMethod(method, params) else {
                    // What nobody reads passes as bytes.
                    if case .success(let bytes) = response.outcome { #expect(!bytes.isEmpty) }
                    passed += 1
                    tally.skip("of methods that pass as bytes")
                    continue
                }
                methods[method, default: 0] += 1
                let isIdentical = JSON.array(replayed.request.params).sortedText == JSON.array(params).sortedText
                let isSame =
                    replayed.request.method == method
                    && (isIdentical
                        || Self.padded.contains(name)
                            && CanonicalRequest(replayed.request) == CanonicalRequest(method: method, params: params))
                #expect(isSame, "\(name): \(replayed.request.json.sortedText) \(request.sortedText)")
                if isIdentical { identical += 1 } else { canonical += 1 }
                var holds = isSame
                if case .failure(let error) = response.outcome {
                    refusals += 1
                    #expect(error.nodeError.map { $0.kind != .unknown } == true)
                } else {
                    let ours = try replayed.rewritten(response).sortedText
                    let theirs = try response.result().sortedText
                    #expect(ours == theirs, "\(name)")
                    holds = holds && ours == theirs
                    rewritten += 1
                }
                tally.count(holds)
            }
        }
        tally.report()
        print(
            """
            execution-apis: \(files.count) files; \(methods.count) methods typed: \(methods.keys.sorted().joined(separator: " "))
            execution-apis: \(identical) requests identical, \(canonical) the same but for leading zeros, \(rewritten) answers \
            written again as they came, \(refusals) refusals understood, \(passed) pairs of other methods as bytes
            """)
        #expect(rewritten >= 60 && methods.count >= 20 && passed > 0 && canonical <= 1)
    }
}
