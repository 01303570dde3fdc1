import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

/// The toolbox as people use it: results on standard output, what is wrong in one line on standard error.
@Suite("Commands") struct CommandTests {
    struct Good: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let output: String
        var testDescription: String { arguments.joined(separator: " ").prefix(60) + "" }
    }

    private func run(_ arguments: [String], input: [UInt8]? = nil, environment: [String: String] = [:]) throws -> ProgramRun {
        try ProgramRun.run(ProgramRun.product("keeperctl"), arguments, environment: environment, input: input)
    }

    static let one = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"
    static let word7 = String(repeating: "0", count: 63) + "7"

    // Expected values: selectors and topics of the public interfaces, vectors of the specifications, arithmetic by hand.
    @Test(
        "give what the specifications say",
        arguments: [
            Good(
                arguments: ["keccak", "transfer(address,uint256)"],
                output: "0xa9059cbb2ab09eb219583f4a59a5d0623ade346d962bcd4e46b11da047c9049b"),
            Good(arguments: ["keccak", "0x", "--json"], output: "\"\(BatchTests.empty)\""),
            Good(arguments: ["abi", "selector", "transfer(address,uint256)"], output: "0xa9059cbb"),
            Good(
                arguments: ["abi", "selector", "function transfer(address to, uint256 amount) returns (bool)"],
                output: "0xa9059cbb"),
            Good(
                arguments: ["abi", "topic", "Transfer(address indexed from, address indexed to, uint256 value)"],
                output: "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"),
            Good(arguments: ["abi", "encode", "uint256", "7"], output: "0x" + word7),
            Good(arguments: ["abi", "encode", "f(uint256)", "7"], output: "0xb3de648b" + word7),
            Good(
                arguments: ["abi", "encode", "--packed", "uint8,string,bool", "7", "hello", "true"], output: "0x0768656c6c6f01"),
            Good(
                arguments: ["abi", "encode", "uint8[2]", "[\"1\",2]"],
                output: "0x" + String(repeating: "0", count: 63) + "1" + String(repeating: "0", count: 63) + "2"),
            Good(arguments: ["abi", "decode", "uint256", "0x" + word7], output: "7"),
            Good(arguments: ["abi", "decode", "f(uint256)", "0xb3de648b" + word7, "--json"], output: "[\"7\"]"),
            Good(
                arguments: ["abi", "decode-error", "0x4e487b71" + String(repeating: "0", count: 62) + "11"],
                output: "error    Panic(uint256)\ncode     0x11\nmeaning  arithmetic overflow"),
            Good(
                arguments: ["abi", "decode-error", "0xb3de648b" + word7, "f(uint256 x)"], output: "error  f(uint256)\nx      7"),
            Good(
                arguments: [
                    "abi", "decode-log", "Transfer(address indexed from, address indexed to, uint256 value)", "--topic",
                    "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", "--topic",
                    "0x0000000000000000000000007e5f4552091a69125d5dfcb7b8c2659029395bdf", "--topic",
                    "0x" + String(repeating: "0", count: 64),
                    "--data", "0x" + word7,
                ],
                output:
                    "event  Transfer(address,address,uint256)\nfrom   \(one)\nto     0x0000000000000000000000000000000000000000\nvalue  7"
            ),
            Good(
                arguments: [
                    "abi", "decode", "string",
                    "0x" + String(repeating: "0", count: 62) + "20" + String(repeating: "0", count: 63) + "3" + "610a1b"
                        + String(repeating: "0", count: 58),
                ],
                output: #""a\n\u{1B}""#),
            Good(arguments: ["rlp", "encode", "[\"0x646f67\",[],1024]"], output: "0xc883646f67c0820400"),
            Good(arguments: ["rlp", "decode", "0xc883646f67c0820400"], output: "[\"0x646f67\",[],\"0x0400\"]"),
            Good(arguments: ["rlp", "decode", "0x83646f67"], output: "0x646f67"),
            Good(arguments: ["address", "checksum", one.lowercased()], output: one),
            Good(
                arguments: ["address", "create", "0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0", "0"],
                output: "0xcd234A471b72ba2F1Ccf0A70FCABA648a5eeCD8d"),
            Good(
                arguments: [
                    "address", "create2", "0x0000000000000000000000000000000000000000", "0x" + String(repeating: "0", count: 64),
                    "0x00",
                ], output: "0x4D1A2e2bB4F88F0250f26Ffff098B0b30B26BF38"),
            Good(arguments: ["units", "1.5", "gwei"], output: "wei    1500000000\ngwei   1.5\nether  0.0000000015"),
            Good(arguments: ["units", "0.01", "ether", "--to", "gwei"], output: "10000000"),
            Good(arguments: ["units", "12.5", "6", "--to", "wei"], output: "12500000"),
        ])
    func good(_ test: Good) throws {
        let run = try run(test.arguments)
        #expect(run.output == test.output + "\n")
        #expect(run.errors == "" && run.status == 0)
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let code: Int32
        let says: String
        var testDescription: String { arguments.joined(separator: " ").prefix(60) + "" }
    }

    @Test(
        "refuse wrong input in one line",
        arguments: [
            Bad(arguments: ["foo"], code: 64, says: "foo"), Bad(arguments: ["keccak"], code: 64, says: "DATA or --file"),
            Bad(arguments: ["keccak", "0xabc"], code: 65, says: "even number"),
            Bad(arguments: ["keccak", "--file", "/nowhere/at/all"], code: 65, says: "/nowhere/at/all: no such file"),
            Bad(arguments: ["keccak", "--fiel", "x"], code: 64, says: "--fiel"),
            Bad(
                arguments: ["abi", "encode", "uint8", "256"], code: 65, says: "values[0]: expected uint8 (0 to 255), got \"256\""),
            Bad(arguments: ["abi", "encode", "uint8"], code: 65, says: "expected 1 values, got 0"),
            Bad(arguments: ["abi", "encode", "uint7", "1"], code: 65, says: "uint7"),
            Bad(arguments: ["abi", "encode", "uint8[]", "1,2"], code: 65, says: "values[0]: expected JSON"),
            Bad(arguments: ["abi", "decode", "uint256", "0x00"], code: 65, says: "ends early"),
            Bad(arguments: ["abi", "decode", "f(uint256)", "0x00"], code: 65, says: "expected the selector 0xb3de648b"),
            Bad(arguments: ["abi", "selector", "transfer(address"], code: 65, says: "is not a signature"),
            Bad(arguments: ["abi", "decode-log"], code: 64, says: "--abi"),
            Bad(arguments: ["abi", "decode-log", "E(uint256)", "--topic", "0x00"], code: 65, says: "topic 0: expected 32 bytes"),
            Bad(arguments: ["rlp", "decode", "0x8100"], code: 65, says: "RLP"),
            Bad(arguments: ["rlp", "encode", "{}"], code: 65, says: "expected 0x bytes, an integer or an array, got an object"),
            Bad(arguments: ["rlp", "encode", "@/nowhere"], code: 65, says: "cannot read /nowhere"),
            Bad(arguments: ["tx", "decode", "0x05"], code: 65, says: "unknown transaction type 5"),
            Bad(arguments: ["tx", "decode", "0xc0"], code: 65, says: "expected an RLP list of 9 values, got 0"),
            Bad(arguments: ["tx", "hash", "{}"], code: 65, says: "tx."),
            Bad(arguments: ["tx", "sign", "{}"], code: 65, says: "tx.chainId: expected a value, the member is missing"),
            Bad(
                arguments: ["tx", "sign", #"{"chainId":1,"nonce":0,"gas":21000,"to":null,"gasPrice":1}"#], code: 64,
                says: "--private-key-file"),
            Bad(arguments: ["tx", "sign", #"{"chainID":1}"#], code: 65, says: "tx.chainID: unknown member"),
            Bad(
                arguments: ["tx", "sign", #"{"chainId":1,"nonce":0,"gas":21000,"gasPrice":1}"#], code: 65,
                says: "tx.to: expected a value"),
            Bad(arguments: ["tx", "sign", "nope.json"], code: 65, says: "@FILE reads a file"),
            Bad(arguments: ["keccak", "-"], code: 64, says: "--file reads a file"),
            Bad(arguments: ["keccak", "@x"], code: 64, says: "--text"),
            Bad(arguments: ["keccak", "--file", "/"], code: 65, says: "cannot read /: is a directory"),
            Bad(arguments: ["rlp", "decode", "@/dev/zero"], code: 65, says: "/dev/zero is longer than"),
            Bad(arguments: ["wallet", "address", "--keystore", "/dev/zero"], code: 65, says: "/dev/zero is longer than"),
            Bad(arguments: ["wallet", "address", "--keystore", "/nowhere"], code: 65, says: "/nowhere"),
            Bad(arguments: ["wallet", "new", "--directory", "/nowhere", "--strength", "weak"], code: 64, says: "weak"),
            Bad(arguments: ["wallet", "list", "/nowhere"], code: 65, says: "cannot read /nowhere"),
            Bad(
                arguments: ["address", "checksum", "0x7E5f4552091A69125d5DfCb7b8C2659029395Bdf"], code: 65,
                says: "checksum, expected 0x7E5F"),
            Bad(arguments: ["address", "create", one, "--", "-1"], code: 65, says: "nonce: expected an integer"),
            Bad(arguments: ["units", "1.5"], code: 65, says: "\"1.5\" has a fraction, expected a whole number"),
            Bad(arguments: ["units", "1", "dai"], code: 64, says: "unit: unknown unit \"dai\""),
            Bad(arguments: ["units", "1", "--to", "dai"], code: 64, says: "dai"),
        ])
    func bad(_ test: Bad) throws {
        let run = try run(test.arguments)
        #expect(run.status == test.code, "\(run.errors)")
        #expect(run.output == "")
        #expect(run.message.hasPrefix("keeperctl: ") && run.message.contains(test.says), "\(run.message)")
        #expect(!run.message.contains("\n"), "\(run.message)")
    }

    @Test("read from standard input and files, and hash streams")
    func input() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "keeperctl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // left for the system to clear
        let file = folder.appending(path: "data")
        try Data("0x83646f67\n".utf8).write(to: file)
        #expect(try run(["rlp", "decode", "@\(file.path)"]).output == "0x646f67\n")
        #expect(try run(["rlp", "decode", "-"], input: Array("0x83646f67\n".utf8)).output == "0x646f67\n")
        #expect(try run(["keccak", "--file", "-"], input: []).output == BatchTests.empty + "\n")
        // Longer than one read, and the same as in one piece.
        let large = [UInt8](repeating: 0x61, count: 3 << 20)
        #expect(try run(["keccak", "--file", "-"], input: large).output == Keccak256.hash(large).description + "\n")
    }

    @Test("make, import, list and open key files, sign with them, and keep the secrets to themselves")
    func wallet() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wallet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // left for the system to clear
        let (key, password, wrong) = (
            folder.appending(path: "key"), folder.appending(path: "pw"), folder.appending(path: "wrong")
        )
        let secret = String(repeating: "0", count: 63) + "1"
        try Data((secret + "\n").utf8).write(to: key)
        try Data("CANARY-password\n".utf8).write(to: password)
        try Data("CANARY-other\n".utf8).write(to: wrong)
        var outputs: [ProgramRun] = []
        func keep(_ arguments: [String], environment: [String: String] = [:]) throws -> ProgramRun {
            outputs.append(try run(arguments, environment: environment))
            return outputs[outputs.count - 1]
        }
        let imported = try keep([
            "wallet", "import", "--private-key-file", key.path, "--password-file", password.path, "--directory", folder.path,
            "--strength", "light", "--json",
        ])
        let file = try #require(try JSONScanner.parse(Array(imported.output.utf8.dropLast()))["file"]?.string)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let made = try keep([
            "wallet", "new", "--password-file", password.path, "--directory", folder.path, "--strength", "light",
        ])
        #expect(made.status == 0)
        #expect(try keep(["wallet", "list", folder.path]).output.split(separator: "\n").count == 2)
        #expect(try keep(["wallet", "address", "--keystore", file, "--password-file", password.path]).output == Self.one + "\n")
        let byEnvironment = try keep(["wallet", "address"], environment: ["ETH_KEYSTORE": file, "ETH_PASSWORD": password.path])
        #expect(byEnvironment.output == Self.one + "\n")
        let refused = try keep(["wallet", "address", "--keystore", file, "--password-file", wrong.path])
        #expect(refused.status == 65 && refused.message.contains("the password does not open the key file"))
        let empty = folder.appending(path: "empty")
        try Data("\n".utf8).write(to: empty)
        let careless = try keep(["wallet", "new", "--password-file", empty.path, "--directory", folder.path])
        #expect(careless.status == 65 && careless.message.contains("must not be empty"))
        // A password where a path belongs.
        let misread = try keep(["wallet", "address", "--keystore", file], environment: ["ETH_PASSWORD": "CANARY-password"])
        #expect(misread.status == 65 && misread.message.contains("$ETH_PASSWORD"))
        let unasked = try keep(["wallet", "address", "--keystore", file])
        #expect(unasked.status == 64 && unasked.message.contains("--password-file"))
        let transaction = #"{"type":"0x2","chainId":1,"nonce":"0x0","gas":21000,"to":"\#(Self.one)","maxFeePerGas":"2"}"#
        let signed = try keep(["tx", "sign", transaction, "--keystore", file, "--password-file", password.path, "--json"])
        let raw = try #require(try JSONScanner.parse(Array(signed.output.utf8.dropLast()))["raw"]?.string)
        #expect(try keep(["tx", "decode", raw, "--chain-id", "1"]).output.hasSuffix("from                  \(Self.one)\n"))
        let foreign = try keep(["tx", "decode", raw, "--chain-id", "2"])
        #expect(foreign.status == 65 && foreign.message.contains("chain"))
        let other = try keep([
            "tx", "sign", transaction.dropLast() + #","from":"0x0000000000000000000000000000000000000001"}"#,
            "--private-key-file",
            key.path,
        ])
        #expect(other.status == 65 && other.message.contains("tx.from"))
        let misplaced = try keep(["wallet", "address", "--private-key-file", password.path])
        #expect(misplaced.status == 65)
        for run in outputs {
            #expect(!(run.output + run.errors).contains("CANARY") && !(run.output + run.errors).contains(secret))
        }
    }

    @Test(
        "end in words where the result cannot be written or the input cannot be read",
        arguments: [
            ("keccak a >/dev/full", 75, "cannot write to standard output"),
            ("keccak a >&-", 75, "cannot write to standard output"),
            ("batch <&-", 65, "cannot read standard input"), ("batch </", 65, "cannot read standard input: is a directory"),
        ] as [(String, Int32, String)])
    func streams(_ command: String, _ code: Int32, _ says: String) throws {
        let program = ProgramRun.product("keeperctl").path
        let run = try ProgramRun.run(URL(filePath: "/bin/bash"), ["--norc", "-c", "'\(program)' \(command)"])
        #expect(run.status == code && run.message.contains(says), "\(run.status) \(run.message)")
    }

    @Test("derive accounts from the well-known test mnemonic")
    func mnemonic() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "mnemonic-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }  // left for the system to clear
        try Data("test test test test test test test test test test test junk\n".utf8).write(to: file)
        let first = try run(["wallet", "address", "--mnemonic-file", file.path])
        #expect(first.output == "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\n")
        let second = try run(["wallet", "address", "--mnemonic-file", file.path, "--mnemonic-index", "1"])
        #expect(second.output == "0x70997970C51812dc3A010C7d01b50e0d17dc79C8\n")
    }
}
