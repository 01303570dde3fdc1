import EthCodec
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Recorded refusals", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct WireErrorTests {
    /// All error objects inside a value, those in batches and simulations too.
    private static func errors(in value: JSON?) -> [(code: Int, message: String, data: JSON?)] {
        switch value {
        case .array(let elements): return elements.flatMap(errors)
        case .object(let members):
            if let error = value?["error"], let message = error["message"]?.string, case .number(let digits)? = error["code"] {
                return [(Int(digits) ?? 0, message, error["data"])]
            }
            return members.flatMap { errors(in: $0.value) }
        default: return []
        }
    }

    private static func kind(_ error: (code: Int, message: String, data: JSON?)) -> NodeErrorKind {
        let (bytes, detail) = NodeErrorData.split(error.data)
        return NodeError(code: error.code, message: NodeText.excerpt(error.message), data: bytes, detail: detail).kind
    }

    @Test("a real geth: every wording is understood as what was provoked")
    func geth() throws {
        var tally = VectorTally("node errors, geth-wire")
        var wordings: Set<String> = []
        var kinds: [NodeErrorKind: Int] = [:]
        var seen: [String: Int] = [:]
        var unused = Set(WireErrorLabels.byLabel.keys)
        for line in try SharedVectors.lines("geth/geth-wire.jsonl.gz") {
            let json = try JSONScanner.parse(line)
            let note = try #require(json["note"]?.string)
            for error in Self.errors(in: json["response"]) {
                seen[note, default: 0] += 1
                let label = WireErrorLabels.byLabel[note] == nil ? "\(note) #\(seen[note] ?? 0)" : note
                unused.remove(label)
                let expected = try #require(WireErrorLabels.byLabel[label], "no label \(label)")
                let kind = Self.kind(error)
                #expect(kind == expected, "\(label): \(error.message)")
                tally.count(kind == expected)
                wordings.insert("\(error.code) \(error.message)")
                kinds[kind, default: 0] += 1
            }
        }
        #expect(unused.isEmpty)
        #expect(wordings.count >= 117 && kinds[.unknown] == nil)
        tally.report()
        print("node errors, geth-wire: \(wordings.count) wordings of \(kinds.count) kinds, 0 unknown")
    }

    @Test("execution-apis and mainnet nodes: no refusal is unknown")
    func others() throws {
        var tally = VectorTally("node errors, execution-apis and rpc")
        var kinds: [String: Int] = [:]
        func check(_ answer: JSON?, _ name: String) {
            for error in Self.errors(in: answer) {
                let kind = Self.kind(error)
                #expect(kind != .unknown, "\(name): \(error)")
                tally.count(kind != .unknown)
                kinds[kind.rawValue, default: 0] += 1
            }
        }
        for file in try SharedVectors.files(in: "execution-apis/tests", suffix: ".io") {
            for line in try SharedVectors.text(file).split(separator: "\n") where line.hasPrefix("<< ") {
                check(try JSONScanner.parse(Array(line.dropFirst(3).utf8)), file)
            }
        }
        for file in ["rpc/mainnet_rpc_pairs.jsonl.gz", "rpc/etherscan_proxy_pairs.jsonl.gz"] {
            for line in try SharedVectors.lines(file) { check(try JSONScanner.parse(line)["response"], file) }
        }
        tally.report()
        print(
            "node errors, execution-apis and rpc: \(kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))"
        )
        #expect(kinds.count >= 6)
    }
}
