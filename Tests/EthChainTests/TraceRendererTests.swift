import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import EthChain

/// Trees of calls as people read them.
@Suite("Trace renderer") struct TraceRendererTests {
    private static func interface() throws -> ABIDocument {
        try ABIDocument(["MegaPoker", "OSM", "Spotter", "Vat", "Source"].flatMap { try Artefact($0).interface.entries })
    }

    /// A poke at a limit.
    private static func trace(_ world: OracleWorld, limit: Gas, after: UInt64 = 12) throws -> FrameTrace {
        let environment = BlockEnvironment(
            chainID: OracleWorld.chain, fork: world.fork, number: world.number + 1, timestamp: world.time + after)
        let result = try EVM(environment, reader: world.state).execute(world.poke(gas: limit), checks: .call, tracing: true)
        return try #require(result.trace)
    }

    private static func labels(_ world: OracleWorld) -> [Address: String] {
        Dictionary(world.at.map { ($0.value, $0.key) }) { $1 }
    }

    @Test("A poke one unit of gas short reads as the call that starved")
    func starved() throws {
        let world = try OracleWorld.ready()
        let (short, ample) = (try Self.trace(world, limit: 358_963), try Self.trace(world, limit: 1_000_000))
        let starved = StarvedCall.all(in: short, against: ample)
        var extent = TraceExtent()
        extent.depth = 2
        extent.width = 150
        let renderer = TraceRenderer(labels: Self.labels(world), interface: try Self.interface(), extent)
        let lines = renderer.text(short, starved: starved).split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("MEGA.poke()  gas ") && lines[0].hasSuffix("  ok"), "\(lines[0])")
        #expect(lines[1].hasPrefix("├─ PIP_BTC.poke()  gas ") && lines[1].hasSuffix("  ok"), "\(lines[1])")
        #expect(lines[2].hasPrefix("│  └─ staticcall SRC_BTC.peek()  gas "), "\(lines[2])")
        #expect(lines[2].hasSuffix("→ 0x37d61f16d37c580000, true"), "\(lines[2])")
        let last = try #require(lines.last { $0.contains("SPOT.poke") })
        #expect(
            last.hasPrefix("└─ SPOT.poke(ilk: LSEV2-SKY-A)  gas ") && last.hasSuffix("  STARVED failed: out of gas"), "\(last)")
        #expect(lines.count { $0.contains("STARVED") } == 1)
        #expect(lines.allSatisfy { $0.count <= 150 })
        #expect(renderer.title(starved[0]) == "SPOT.poke(ilk: LSEV2-SKY-A)")
    }

    @Test("Without names it shows selectors, words and addresses; a revert's reason in words")
    func nameless() throws {
        let world = try OracleWorld.ready()
        // At the time of the state's own block nothing is due.
        let text = TraceRenderer().text(try Self.trace(world, limit: 1_000_000, after: 1))
        #expect(text.contains(".0x18178358()  gas "))
        #expect(text.contains(".0x1504460f(LSEV2-SKY-A)  gas "))
        #expect(text.contains("reverted: \"OSM/not-passed\""))
        #expect(text.contains(world.address("VAT").description + ".0x1a0b287e(ETH-A, spot, 0x"))
    }

    @Test("Logs and writes are shown where they are asked for")
    func logsAndWrites() throws {
        let world = try OracleWorld.ready()
        var extent = TraceExtent()
        (extent.logs, extent.writes) = (true, true)
        let renderer = TraceRenderer(labels: Self.labels(world), interface: try Self.interface(), extent)
        let text = renderer.text(try Self.trace(world, limit: 1_000_000))
        #expect(text.contains("log LogValue(val: 0x"))
        #expect(text.contains("log Poke(ilk: LSEV2-SKY-A, val: 0x"))
        #expect(text.contains("write PIP_BTC[4] = 0x"))
        #expect(text.split(separator: "\n").count { $0.contains("write VAT[") } == 9)
    }

    @Test("Depth and lines are limited, and what is left out is counted")
    func limits() throws {
        let world = try OracleWorld.ready()
        let trace = try Self.trace(world, limit: 1_000_000)
        var extent = TraceExtent()
        extent.depth = 1
        let shallow = TraceRenderer(extent).text(trace).split(separator: "\n")
        #expect(shallow.count == 1 + 13 + 13)
        #expect(shallow[2] == "│  └─ … 1 call inside" && shallow[10] == "│  └─ … 2 calls inside", "\(shallow[10])")
        extent.lines = 5
        let short = TraceRenderer(extent).text(trace).split(separator: "\n")
        #expect(short.count == 6 && short.last == "… 22 lines more")
        extent.width = 60
        #expect(TraceRenderer(extent).text(trace).split(separator: "\n").allSatisfy { $0.count <= 60 })
    }

    @Test("What a contract says cannot move the cursor, in whatever place it stands")
    func hostile() throws {
        let evil = "\u{1B}[2J\r\n\u{202E}evil\u{2028}\u{9B}31m\u{E000}"
        let message = try ABIValue.encode([.string(evil)], as: [.string])
        var frame = try Self.frame(input: call("poke(bytes32)", "ETH-A"), outcome: .reverted)
        frame.output = [0x08, 0xc3, 0x79, 0xa0] + message
        let signature = try ABISignature(parsing: "f(string)")
        var inner = try Self.frame(input: signature.encodeCall([.string(evil)]), outcome: .succeeded)
        inner.logs = [EVMLog(address: .zero, topics: [B256([UInt8](repeating: 0x1B, count: 32))!], data: [0x1B, 0x5B])]
        frame.children = [inner]
        var extent = TraceExtent()
        extent.logs = true
        let renderer = TraceRenderer(labels: [.zero: evil], interface: ABIDocument([signature]), extent)
        let text = renderer.text(frame)
        #expect(text.split(separator: "\n").count == 3)
        #expect(
            text.unicodeScalars.allSatisfy {
                $0 == "\n" || "─├│└→…".unicodeScalars.contains($0) || (0x20..<0x7F).contains($0.value)
            })
        #expect(text.contains("\\u001b[2J") && text.contains("\\u202eevil"))
    }

    @Test(
        "Random frames of any data are printed within their limits and as JSON that reads back",
        arguments: 0..<50 as Range<UInt64>)
    func anything(_ seed: UInt64) throws {
        let random = SeededNumbers(seed)
        func bytes(_ most: Int) -> [UInt8] { (0..<random.below(most)).map { _ in UInt8(random.below(256)) } }
        let selectors = [call("poke()"), call("poke(bytes32)"), call("peek()"), [0x08, 0xc3, 0x79, 0xa0]]
        func made(_ depth: Int) throws -> FrameTrace {
            var frame = try Self.frame(
                input: selectors[random.below(4)] + bytes(300), outcome: random.below(2) == 0 ? .reverted : .succeeded)
            frame.output = selectors[random.below(4)] + bytes(300)
            frame.kind = [.call, .create, .staticCall, .selfDestruct, .delegateCall][random.below(5)]
            frame.logs = (0..<random.below(3)).map { _ in EVMLog(address: .zero, topics: [B256()], data: bytes(100)) }
            if depth > 0 { frame.children = try (0..<random.below(5)).map { _ in try made(depth - 1) } }
            return frame
        }
        var extent = TraceExtent()
        (extent.width, extent.lines, extent.logs, extent.depth) = (100, 40, true, 2)
        let renderer = TraceRenderer(interface: try Self.interface(), extent)
        let trace = try made(4)
        let lines = renderer.text(trace).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 41 && lines.allSatisfy { $0.count <= 100 })
        let json = renderer.json(trace)
        #expect(json == renderer.json(trace))
        #expect(try JSONScanner.parse(Array(json.description.utf8)) == json)
    }

    @Test("JSON has every frame with its gas, its outcome, its logs and its writes")
    func json() throws {
        let world = try OracleWorld.ready()
        let (short, ample) = (try Self.trace(world, limit: 358_963), try Self.trace(world, limit: 1_000_000))
        let renderer = TraceRenderer(labels: Self.labels(world), interface: try Self.interface())
        let json = renderer.json(short, starved: StarvedCall.all(in: short, against: ample))
        let calls = try #require(json["calls"]?.array)
        #expect(calls.count == 13 && json["type"] == "CALL" && json["label"] == "MEGA" && json["call"] == "poke()")
        #expect(json["outcome"] == "succeeded" && json["reason"] == nil && json["starved"] == nil)
        #expect(calls[12]["starved"] == true && calls[12]["outcome"] == "outOfGas" && calls[12]["reason"] == "out of gas")
        #expect(calls[12]["call"] == "poke(ilk: LSEV2-SKY-A)")
        #expect(calls[0]["logs"]?.array?.count == 2 && calls[0]["writes"]?.array?.count == 3)
        #expect(calls[0]["gasUsed"]?.uint64 == short.children[0].gasUsed)
    }

    /// A frame that never was.
    private static func frame(input: [UInt8], outcome: FrameOutcome) throws -> FrameTrace {
        let machine = EVM(BlockEnvironment(chainID: 1, fork: .prague, number: 1, timestamp: 1), reader: MemoryState())
        let nothing = EVMTransaction(sender: .zero, recipient: .zero, gasLimit: 30_000)
        var frame = try #require(try machine.execute(nothing, checks: .call, tracing: true).trace)
        (frame.input, frame.outcome, frame.refund) = (input, outcome, -4_800)
        return frame
    }
}

/// SplitMix64 by hand: nested functions may not change a generator that is handed in.
private final class SeededNumbers {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
