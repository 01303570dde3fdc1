import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("The specification's recorded pairs", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct ExecutionAPIReplayTests {
    /// What one recorded pair turns out to be.
    private enum Outcome {
        /// The method is not among those that keepers use.
        case bytes(method: String)
        /// No value of ours says such a request, which is their point: the node refuses it too.
        case unsayable(String)
        case typed(method: String, request: Likeness, answer: Answer)
    }

    /// How the request that our types build is like the recorded one.
    private enum Likeness { case identical, canonical, different }

    private enum Answer { case rewritten, refused, different }

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

    private static func outcome(_ request: JSON, _ answer: [UInt8]) throws -> Outcome {
        let method = try #require(request["method"]?.string)
        let params = request["params"]?.array ?? []
        let response = try RPCResponse(parsing: answer[...])
        let replayed: ReplayedMethod
        do {
            guard let typed = try ReplayedMethod(method, params) else {
                _ = try response.outcome.map { #expect(!$0.isEmpty) }.get()
                return .bytes(method: method)
            }
            replayed = typed
        } catch let error where ParsedParameters.isOutlandish(error) {
            let refusal = #expect(throws: RPCError.self, "\(error)") { try response.result() }
            #expect(refusal?.nodeError.map { $0.kind != .unknown } == true, "\(error)")
            return .unsayable("\(error)")
        } catch let error as RPCError where error.nodeError != nil {
            return .bytes(method: method)
        }
        let ours = JSON.array(replayed.request.params).sortedText
        var likeness = Likeness.different
        if replayed.request.method == method {
            if ours == JSON.array(params).sortedText {
                likeness = .identical
            } else if CanonicalRequest(replayed.request) == CanonicalRequest(method: method, params: params) {
                likeness = .canonical
            }
        }
        if case .failure(let error) = response.outcome {
            let isKnown = error.nodeError.map { $0.kind != .unknown } == true
            return .typed(method: method, request: likeness, answer: isKnown ? .refused : .different)
        }
        let isSame = try replayed.rewritten(response).sortedText == response.result().sortedText
        return .typed(method: method, request: likeness, answer: isSame ? .rewritten : .different)
    }

    @Test("requests are built identically; answers are read into types and written again as they came")
    func replay() throws {
        var tally = VectorTally("execution-apis replay")
        var (identical, rewritten, refused) = (0, 0, 0)
        var (canonical, unsayable): ([String], [String]) = ([], [])
        var (typed, passed): ([String: Int], [String: Int]) = ([:], [:])
        let files = try SharedVectors.files(in: "execution-apis/tests", suffix: ".io")
        for file in files {
            let name = file.split(separator: "/").suffix(2).joined(separator: "/")
            for (request, answer) in try Self.pairs(file) {
                switch try Self.outcome(request, answer) {
                case .bytes(let method):
                    passed[method, default: 0] += 1
                    tally.skip("of methods that pass as bytes")
                case .unsayable(let why):
                    unsayable.append("\(name) (\(why))")
                    tally.skip("requests that our types refuse to say, and the node to answer")
                case .typed(let method, let likeness, let answer):
                    typed[method, default: 0] += 1
                    #expect(likeness != .different, "\(name)")
                    #expect(answer != .different, "\(name)")
                    tally.count(likeness != .different && answer != .different)
                    if likeness == .identical { identical += 1 }
                    if likeness == .canonical { canonical.append(name) }
                    if answer == .refused { refused += 1 }
                    if answer == .rewritten { rewritten += 1 }
                }
            }
        }
        tally.report()
        func list(_ methods: [String: Int]) -> String {
            methods.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        print(
            """
            execution-apis: \(files.count) files; \(typed.count) methods typed: \(list(typed))
            execution-apis: as bytes: \(list(passed))
            execution-apis: \(identical) requests identical, \(canonical.count) the same in another spelling \(canonical)
            execution-apis: \(rewritten) answers written again as they came, \(refused) refusals understood
            execution-apis: not sayable: \(unsayable.joined(separator: "; "))
            """)
        #expect(rewritten >= 60 && typed.count >= 20 && !passed.isEmpty && identical > 20 * canonical.count)
    }
}
