import EthCodec
import Foundation
import TestSupport
import Testing

@testable import keeperctl

@Suite("Batch") struct BatchTests {
    private func answer(_ line: String) throws -> JSON { try JSONScanner.parse(BatchLine.answer(to: Array(line.utf8)[...])) }

    static let empty = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"

    @Test(
        "takes a request with its members beside the name, or in params",
        arguments: [
            #"{"id":1,"op":"keccak256","data":"0x"}"#, #"{"id":1,"op":"keccak256","params":{"data":"0x"}}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"keccak256","params":{"data":"0x"}}"#,
            #"  {"data":"0x","op":"keccak256","id":1}  "#,
        ])
    func forms(_ line: String) throws {
        #expect(try answer(line) == .object(["id": 1, "ok": .string(Self.empty)]))
    }

    @Test("gives back whatever the id is", arguments: ["7", "\"a\"", "null", "[1,{\"x\":2}]", "1.50", "true"])
    func ids(_ id: String) throws {
        let good = BatchLine.answer(to: Array(#"{"id":\#(id),"op":"keccak256","data":"0x"}"#.utf8)[...])
        #expect(String(decoding: good, as: UTF8.self) == #"{"id":\#(id),"ok":"\#(Self.empty)"}"#)
        let bad = try answer(#"{"id":\#(id),"op":"keccak256"}"#)
        #expect(bad["id"] == (try JSONScanner.parse(Array(id.utf8))))
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let line: String
        let code: UInt64
        let says: String
        var testDescription: String { line }
    }

    @Test(
        "answers a bad line with what is wrong",
        arguments: [
            Bad(line: "", code: 65, says: "JSON ends early"),
            Bad(line: "nonsense", code: 65, says: "offset"),
            Bad(line: #"{"id":1"#, code: 65, says: "JSON ends early"),
            Bad(line: #"{"id":1} {"id":2}"#, code: 65, says: "followed by other bytes"),
            Bad(line: "[]", code: 65, says: "expected an object, got an array"),
            Bad(line: #"{"id":1}"#, code: 64, says: "\"op\""),
            Bad(line: #"{"id":1,"op":5}"#, code: 64, says: "\"op\""),
            Bad(line: #"{"id":1,"op":"keccak256","method":"keccak256","data":"0x"}"#, code: 64, says: "\"op\""),
            Bad(line: #"{"id":1,"op":"keccak"}"#, code: 64, says: "unknown operation \"keccak\""),
            Bad(line: #"{"id":1,"op":"keccak256"}"#, code: 64, says: "\"data\" is missing"),
            Bad(line: #"{"id":1,"op":"keccak256","data":"0x","dta":1}"#, code: 64, says: "unknown member \"dta\", expected data"),
            Bad(line: #"{"id":1,"op":"keccak256","data":"0x","data":"0x"}"#, code: 64, says: "twice"),
            Bad(line: #"{"id":1,"op":"keccak256","params":["0x"]}"#, code: 64, says: "params: expected an object"),
            Bad(line: #"{"id":1,"op":"keccak256","data":"0x","params":{}}"#, code: 64, says: "params"),
            Bad(line: #"{"id":1,"op":"keccak256","data":7}"#, code: 65, says: "data: expected bytes as 0x hexadecimal, got 7"),
            Bad(line: #"{"id":1,"op":"keccak256","data":"0x1"}"#, code: 65, says: "even number"),
            Bad(line: #"{"id":1,"op":"keccak256","data":"abcd"}"#, code: 65, says: "begins with 0x"),
        ])
    func bad(_ test: Bad) throws {
        let error = try #require(try answer(test.line)["error"])
        #expect(error["code"]?.uint64 == test.code)
        #expect(error["message"]?.string?.contains(test.says) == true, "\(error)")
    }

    @Test("keeps keys and passwords out of its answers", arguments: ["key.address", "tx.sign", "keystore.decrypt"])
    func secrets(_ operation: String) throws {
        let canary = "CANARY51b3c0ffee"
        for member in ["key", "password", "keystore", "tx"] {
            let line = #"{"id":1,"op":"\#(operation)","key":"\#(canary)","password":"\#(canary)","\#(member)x":"\#(canary)"}"#
            #expect(!String(decoding: BatchLine.answer(to: Array(line.utf8)[...]), as: UTF8.self).contains(canary))
        }
        let whole = #"{"id":1,"op":"\#(operation)","key":"\#(canary)","password":"\#(canary)","tx":{},"keystore":{}}"#
        #expect(!String(decoding: BatchLine.answer(to: Array(whole.utf8)[...]), as: UTF8.self).contains(canary))
    }

    @Test("answers every line in order, whatever the lines are")
    func stream() throws {
        let lines = (0..<500).map { index in
            switch index % 5 {
            case 0: #"{"id":\#(index),"op":"keccak256","data":"0x"}"#
            case 1: "{\"id\":\(index),\"op\":\"keccak256\"}\r"
            case 2: "{\"id\":\(index),\"op\":\"rlp.encode\",\"value\":\"0x\(String(repeating: "ab", count: 300))\"}"
            case 3: "\u{0}{{{"
            default: ""
            }
        }
        let input = Array(lines.joined(separator: "\n").utf8) + [0x0A, 0xFF, 0xFE]
        let run = try ProgramRun.run(ProgramRun.product("keeperctl"), ["batch"], input: input)
        #expect(run.status == 0)
        #expect(run.errors == "")
        let answers = try run.output.split(separator: "\n").map { try JSONScanner.parse(Array($0.utf8)) }
        // Empty lines have no answer; the last line, which is not even UTF-8, has one.
        #expect(answers.count == 401)
        let ids = answers.compactMap { $0["id"]?.uint64 }
        let expected: [UInt64] = (0..<500).filter { $0 % 5 < 3 }
        #expect(ids == expected)
    }

    @Test("the operations are those that are documented")
    func listed() throws {
        let run = try ProgramRun.run(ProgramRun.product("keeperctl"), ["batch", "--list"])
        let names = run.output.split(separator: "\n").map { $0.prefix { $0 != " " } }.map(String.init)
        #expect(
            names == [
                "abi.decode", "abi.encode", "abi.encodePacked", "abi.selector", "abi.topic", "address.checksum", "address.create",
                "address.create2", "eip712.hash", "header.hash", "keccak256", "key.address", "keystore.decrypt", "message.hash",
                "rlp.decode", "rlp.encode", "signature.recover", "tx.decode", "tx.hash", "tx.sign",
            ])
    }
}
