import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import KeeperApp

/// `record` as a program, on a real socket.
@Suite("The record command")
struct RecordCommandTests {
    /// A node that can be held at one request.
    private final class Node: Sendable {
        let world = PastWorld.past()
        let reached = DispatchSemaphore(value: 0)
        let go = DispatchSemaphore(value: 0)
        private let left: Mutex<Int?>

        /// - Parameter count: after so many requests it waits for `go`, once.
        init(holdingAfter count: Int? = nil) { left = Mutex(count) }

        func answer(_ body: String) -> String {
            let isHeld = left.withLock { left in
                left = left.map { $0 - 1 }
                return left == 0
            }
            if isHeld {
                reached.signal()
                go.wait()
            }
            guard let json = try? JSONScanner.parse(Array(body.utf8)) else { return "" }
            let answers = (json.array ?? [json]).map(respond)
            return (json.array == nil ? answers[0] : .array(answers)).description
        }

        private func respond(_ request: JSON) -> JSON {
            let call = RPCRequest(method: request["method"]?.string ?? "", params: request["params"]?.array ?? [])
            let result: (String, JSON)
            do { result = ("result", try world.answer(call)) } catch {
                result = ("error", .object(["code": -32000, "message": .string("\(error)")]))
            }
            return .object([
                JSON.Member("jsonrpc", "2.0"), JSON.Member("id", request["id"] ?? .null), JSON.Member(result.0, result.1),
            ])
        }
    }

    private func arguments(_ server: CannedServer, _ path: String, _ more: [String]) throws -> [String] {
        ["record", "--config", try PastWorld.configuration().path, "--rpc-url", server.url, "--output", path] + more
    }

    private static let range = ["--from-block", "@\(PastWorld.hour + 3000)", "--to-block", "2026-01-29T01:30:00Z"]

    @Test("records a range, quietly where nobody watches, and has nothing to do the second time")
    func range() throws {
        let node = Node()
        let server = try CannedServer { node.answer($0) }
        let path = try PastWorld.file("range.ndjson.gz")
        let run = try ProgramRun.poker(arguments(server, path, Self.range))
        #expect(run.status == 0 && run.output.isEmpty)
        let summary = try CassetteSummary(path: path)
        #expect(summary.isFinished && summary.heads > 60 && summary.opening?.keeper == "poker")
        #expect(run.message == "\(summary.exchanges) exchanges recorded in \(path)")
        #expect(summary.last.map { $0.timestamp <= PastWorld.hour + 5400 && $0.timestamp > PastWorld.hour + 5300 } == true)
        let again = try ProgramRun.poker(arguments(server, path, Self.range))
        #expect(again.status == 0 && again.message == run.message + ", all of them before")
    }

    @Test("told to stop, it ends with 75 and what it has; the same command goes on to the same bytes")
    func interrupted() throws {
        let whole = try PastWorld.file("whole.ndjson.gz")
        let calm = Node()
        let calmServer = try CannedServer { calm.answer($0) }
        #expect(try ProgramRun.poker(arguments(calmServer, whole, Self.range)).status == 0)
        let node = Node(holdingAfter: 90)
        let server = try CannedServer { node.answer($0) }
        let path = try PastWorld.file("stopped.ndjson.gz")
        let process = Process()
        process.executableURL = Project.poker
        process.arguments = try arguments(server, path, Self.range)
        process.environment = ["PATH": "/usr/bin:/bin"]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        node.reached.wait()
        process.terminate()
        // The signal is dealt with when the file of the log says so, or while the held request is answered: either is in time.
        node.go.signal()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 75, "\(text)")
        #expect(text.contains("the same command goes on"))
        let part = try CassetteSummary(path: path)
        #expect(!part.isFinished && part.heads > 5 && part.heads < 60)
        let rest = try ProgramRun.poker(arguments(server, path, Self.range))
        #expect(rest.status == 0 && rest.message.hasSuffix(" of them before"), "\(rest.errors)")
        #expect(try PastWorld.bytes(path) == PastWorld.bytes(whole))
    }

    @Test(
        "names what is wrong with its flags",
        arguments: [
            (["--from-block", "1"], "--from-block: expected --to-block with it"),
            (["--to-block", "1"], "--to-block: expected --from-block with it"),
            (["--from-block", "x", "--to-block", "1"], "--from-block: expected a block number"),
            (["--from-block", "1", "--to-block", "2026-13-01"], "--to-block: expected a block number"),
            (["--every", "slot"], "--every: expected --from-block and --to-block"),
            (
                ["--from-block", "1", "--to-block", "2", "--every", "never"],
                "--every: expected keeper, slot, block or a duration"
            ),
            (["--from-block", "1", "--to-block", "2", "--until", "5"], "--until is for blocks as they come"),
            (["--from-block", "1", "--to-block", "2", "--append"], "--append is for blocks as they come"),
        ])
    func flags(_ flags: [String], _ text: String) throws {
        let run = try ProgramRun.poker(["record", "--config", "none", "--output", "none.gz"] + flags)
        #expect(run.status == 64 && run.message.contains(text), "\(run.message)")
    }

    @Test("blocks as they come are refused where a file is, and appended to it with --append")
    func append() throws {
        let node = Node()
        let server = try CannedServer { node.answer($0) }
        let path = try PastWorld.file("live.ndjson.gz")
        let now = node.world.state.withLock { $0.now } / 1000
        // Ends before it begins: no head is before this time.
        let empty = try ProgramRun.poker(arguments(server, path, ["--until", "\(now - 7200)"]))
        #expect(empty.status == 0 && empty.message.hasPrefix("0 exchanges"), "\(empty.errors)")
        #expect(!FileManager.default.fileExists(atPath: path) && !FileManager.default.fileExists(atPath: path + ".idx"))
        let head = try liveRecording(path)
        let before = try CassetteSummary(path: path)
        let refused = try ProgramRun.poker(arguments(server, path, ["--until", "1"]))
        #expect(refused.status == 65 && refused.message.contains("--append goes on with it"))
        let again = try ProgramRun.poker(arguments(server, path, ["--until", "\(now - 7200)", "--append"]))
        #expect(again.status == 0 && again.message.contains("all") == false, "\(again.errors)")
        let after = try CassetteSummary(path: path)
        #expect(after.isFinished && after.exchanges == before.exchanges && after.last?.number == head)
        #expect(try CassetteAudit(path: path).findings == [])
        let past = try PastWorld.file("past.ndjson.gz")
        #expect(try ProgramRun.poker(arguments(server, past, Self.range)).status == 0)
        let other = try ProgramRun.poker(arguments(server, past, ["--append"]))
        #expect(other.status == 65 && other.message.contains("is another recording"), "\(other.errors)")
    }

    /// A recording of one head, made by hand.
    private func liveRecording(_ path: String) throws -> UInt64 {
        let writer = try CassetteWriter(path: path, opening: CassetteOpening(chainID: 1, keeper: "poker"))
        let head = BlockHeader(
            number: 24_337_600, hash: .init(), parentHash: .init(), timestamp: 1_769_644_883, gasLimit: 1, gasUsed: 0,
            baseFeePerGas: nil)
        let json =
            "{\"number\":\"\("0x" + String(head.number, radix: 16))\",\"hash\":\"\(head.hash)\",\"parentHash\":\"\(head.hash)\",\"timestamp\":\"\("0x" + String(head.timestamp, radix: 16))\",\"gasLimit\":\"0x1\",\"gasUsed\":\"0x0\"}"
        try writer.record(
            [RPCRequest(method: "eth_getBlockByHash", params: [.string("\(head.hash)"), false])],
            [try RPCResponse(parsing: Array("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\(json)}".utf8)[...])], head: head)
        try writer.finish()
        return try #require(try CassetteSummary(path: path).last?.number)
    }
}
