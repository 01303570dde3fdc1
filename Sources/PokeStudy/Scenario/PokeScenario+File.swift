import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import OraclePokes

extension PokeScenario {
    static let format = "keeperkit-pokes/1"

    /// Reads a file of one JSON object a line, plain or gzip: the opening line, accounts, steps in the order of time, the closing line
    /// (`Tests/Fixtures/README.md`).
    /// - Throws: `ScenarioError`.
    public init(path: String) throws(ScenarioError) {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw ScenarioError(.unreadable, "cannot read the scenario \(path)")
        }
        do throws(CassetteError) {
            let bytes = Array(data)
            try self.init(lines: bytes.starts(with: [0x1F, 0x8B]) ? try Gzip.decompress(bytes) : bytes)
        } catch { throw ScenarioError(.unreadable, "\(path): \(error)") }
    }

    private init(lines bytes: [UInt8]) throws(CassetteError) {
        do throws(ScenarioError) { try self.init(bytes) } catch { throw CassetteError(.malformedLine, "\(error)") }
    }

    /// Reads the lines of a file.
    /// - Throws: `ScenarioError`.
    public init(_ bytes: [UInt8]) throws(ScenarioError) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let last = lines.lastIndex(where: { !$0.isEmpty }), last > 0 else {
            throw ScenarioError(.malformed, "the scenario has no lines")
        }
        let opening = try Self.line(lines[0], 1)
        guard try opening.text("scenario") == Self.format else { throw opening.failure("scenario", Self.format) }
        try Self.check(Self.line(lines[last], last + 1), bytes[..<lines[last].startIndex], count: last)
        try self.init(opening)
        let accounts = Int(try opening.number("accounts"))
        guard accounts < last else { throw opening.failure("accounts", "fewer than the \(last) lines") }
        for index in 1..<1 + accounts { try addAccount(Self.line(lines[index], index + 1)) }
        steps.reserveCapacity(last - accounts)
        for index in (1 + accounts)..<last { try addStep(Self.line(lines[index], index + 1)) }
        guard blockCount >= 2 else {
            throw ScenarioError(.malformed, "the scenario has \(blockCount) blocks: expected at least two")
        }
    }

    private static func line(_ bytes: ArraySlice<UInt8>, _ number: Int) throws(ScenarioError) -> ScenarioLine {
        do throws(JSONError) {
            return ScenarioLine(number: number, json: try JSONScanner.parse(bytes, refusingDuplicateNames: true))
        } catch { throw ScenarioError(.malformed, line: number, "no JSON: \(error)") }
    }

    /// Whether the lines are those that the closing line stands for.
    private static func check(_ closing: ScenarioLine, _ before: ArraySlice<UInt8>, count: Int) throws(ScenarioError) {
        guard try closing.number("lines") == UInt64(count) else { throw closing.failure("lines", "\(count)") }
        let digest = Hex.encodeUnprefixed(before.withUnsafeBytes(SHA256.hash).bytes)
        guard try closing.text("sha256") == digest else { throw closing.failure("sha256", digest) }
    }

    private init(_ opening: ScenarioLine) throws(ScenarioError) {
        guard let fork = Fork(name: try opening.text("fork")), fork >= .london else {
            throw opening.failure("fork", "a fork from london on")
        }
        let length = try opening.number("slotLength")
        guard length > 0, length < 1 << 32 else { throw opening.failure("slotLength", "seconds, at least 1") }
        let (start, end) = (try opening.time("start"), try opening.time("end"))
        guard start < end, start % length == 0, end % length == 0 else {
            throw opening.failure("end", "a multiple of \(length) s behind the start \(start), itself one")
        }
        let addresses = try opening.line("contracts")
        var oracles: [Oracle] = []
        for line in try opening.lines("oracles") {
            oracles.append(
                Oracle(name: try line.text("name"), address: try line.address("address"), source: try line.address("source")))
        }
        var ilks: [Ilk] = []
        for line in try opening.lines("ilks") {
            ilks.append(Ilk(name: try line.text("name"), oracle: try line.text("oracle"), spotSlot: try line.word("spotSlot")))
        }
        guard !oracles.isEmpty, Set(oracles.map(\.name)).count == oracles.count else {
            throw opening.failure("oracles", "at least one, each name once")
        }
        guard !ilks.isEmpty, ilks.allSatisfy({ ilk in oracles.contains { $0.name == ilk.oracle } }) else {
            throw opening.failure("ilks", "at least one, each with one of the oracles")
        }
        self.init(
            name: try opening.text("name"), source: try opening.text("source"),
            chainID: ChainID(try opening.number("chainId")), fork: fork, slotLength: length,
            blockTime: max(1, try opening.number("blockTime")), period: start..<end, sender: try opening.address("sender"),
            contracts: PokeContracts(
                megaPoker: try addresses.address("megaPoker"), multicall: try addresses.address("multicall"),
                spotter: try addresses.address("spotter"), vat: try addresses.address("vat")),
            oracles: oracles, ilks: ilks, state: MemoryState(), steps: [])
    }

    private mutating func addAccount(_ line: ScenarioLine) throws(ScenarioError) {
        let address = try line.address("account")
        guard state.accounts[address] == nil else { throw line.failure("account", "one that did not stand there before") }
        state.accounts[address] = Account(
            nonce: try line.number("nonce"), balance: try line.wei("balance"), code: Bytecode(try line.bytes("code")))
        state.storage[address] = try line.words("storage").filter { $0.value != .zero }
    }

    private mutating func addStep(_ line: ScenarioLine) throws(ScenarioError) {
        let time = try line.time()
        guard time >= steps.last?.time ?? 0 else { throw line.failure("time", "none before \(steps.last?.time ?? 0)") }
        if line.has("block") {
            let block = Block(
                number: try line.number("block"), time: time, baseFee: try line.price("baseFee"), reward: try line.price("reward")
            )
            if let before = lastBlock, before.number >= block.number || before.time >= time {
                throw line.failure("block", "one after block \(before.number) of \(before.time)")
            }
            steps.append(.block(block))
        } else if line.has("source") {
            let name = try line.text("source")
            guard let index = oracles.firstIndex(where: { $0.name == name }) else {
                throw line.failure("source", "one of the oracles")
            }
            let reading: SourceReading = try line.flag("valid") ? .valid(try line.wad("value")) : .invalid
            steps.append(.event(time, .source(index, reading, writes: try line.words("writes"))))
        } else if line.has("account") {
            steps.append(.event(time, .writes(try line.address("account"), try line.words("writes"))))
        } else if line.has("to") {
            let transaction = EVMTransaction(
                sender: try line.address("from"), recipient: try line.address("to"), data: try line.bytes("data"),
                gasLimit: try line.number("gasLimit"))
            steps.append(.event(time, .transaction(transaction)))
        } else {
            throw ScenarioError(.malformed, line: line.number, "expected block, source, account or to")
        }
    }

    private var lastBlock: Block? {
        for step in steps.reversed() { if case .block(let block) = step { return block } }
        return nil
    }
}
