import EthChain
import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import TestSupport
import Testing

/// Which rules hold when, and where that is known from.
@Suite("Fork schedule") struct ForkScheduleTests {
    struct Place: Sendable, CustomTestStringConvertible {
        var chain: UInt64
        var number: UInt64 = 20_000_000
        var time: UInt64
        var fork: Fork
        var testDescription: String { "chain \(chain) at \(time)" }
    }

    @Test(
        "Public chains change at their times, to the second",
        arguments: [
            Place(chain: 1, number: 12_965_000, time: 1_628_166_822, fork: .london),
            Place(chain: 1, number: 15_537_393, time: 1_663_224_162, fork: .london),
            Place(chain: 1, number: 15_537_394, time: 1_663_224_179, fork: .paris),
            Place(chain: 1, time: 1_681_338_454, fork: .paris), Place(chain: 1, time: 1_681_338_455, fork: .shanghai),
            Place(chain: 1, time: 1_710_338_134, fork: .shanghai), Place(chain: 1, time: 1_710_338_135, fork: .cancun),
            Place(chain: 1, time: 1_746_612_310, fork: .cancun), Place(chain: 1, time: 1_746_612_311, fork: .prague),
            Place(chain: 1, time: 1_764_798_550, fork: .prague), Place(chain: 1, time: 1_764_798_551, fork: .osaka),
            Place(chain: 11_155_111, time: 1_741_159_775, fork: .cancun),
            Place(chain: 11_155_111, time: 1_760_427_360, fork: .osaka), Place(chain: 17_000, number: 1, time: 0, fork: .paris),
            Place(chain: 17_000, time: 1_759_308_480, fork: .osaka), Place(chain: 560_048, number: 1, time: 0, fork: .cancun),
            Place(chain: 560_048, time: 1_742_999_832, fork: .prague),
        ])
    func known(_ place: Place) throws {
        let schedule = try #require(ForkSchedule.known(ChainID(place.chain)))
        #expect(try schedule.rules(number: place.number, time: place.time).fork == place.fork)
    }

    @Test("Before the first rules nothing is known")
    func before() {
        #expect(throws: ForkError.before(number: 12_964_999, time: 1_628_166_800)) {
            try ForkSchedule.mainnet.rules(number: 12_964_999, time: 1_628_166_800)
        }
        #expect(ForkSchedule.known(8_453) == nil)
    }

    // MARK: eth_config

    private static func rules(_ fork: Fork, from time: UInt64 = 0, more: [String: String] = [:]) -> JSON {
        let last = fork >= .prague ? 0x11 : fork >= .cancun ? 0x0a : 0x09
        var members = (1...last).map { ("P\($0)", UInt256($0)) } + (fork >= .osaka ? [("P256VERIFY", UInt256(0x100))] : [])
        for (name, address) in more { members.append((name, UInt256(address) ?? 0)) }
        let precompiles = members.map { JSON.Member($0, .string(Address(lowBytesOf: $1.bigEndianBytes).hex)) }
        return .object([
            "activationTime": .integer(time), "chainId": "0x539", "forkId": "0x00000000",
            "blobSchedule": .object(["target": 6, "max": 9, "baseFeeUpdateFraction": 5_007_716]),
            "precompiles": .object(precompiles), "systemContracts": .object([:]),
        ])
    }

    private static func configuration(_ current: JSON, next: JSON = .null) throws -> NodeConfiguration {
        try NodeConfiguration(FieldReader(.object(["current": current, "next": next, "last": .null]), path: "result"))
    }

    @Test("A node's precompiled contracts tell its fork", arguments: [Fork.cancun, .prague, .osaka])
    func configured(_ fork: Fork) throws {
        let schedule = try ForkSchedule(try Self.configuration(Self.rules(fork, from: 100)))
        #expect(schedule == ForkSchedule([.init(from: .time(100), fork, blobs: .prague)]))
        #expect(throws: ForkError.before(number: 5, time: 99)) { try schedule.rules(number: 5, time: 99) }
    }

    @Test("What follows is known from its time on; what we do not know ends what is known")
    func next() throws {
        let both = try ForkSchedule(try Self.configuration(Self.rules(.prague), next: Self.rules(.osaka, from: 500)))
        #expect(try both.rules(number: 1, time: 499).fork == .prague && both.rules(number: 1, time: 500).fork == .osaka)
        let unknown = Self.rules(.osaka, from: 500, more: ["NEW": "4096"])
        let ending = try ForkSchedule(try Self.configuration(Self.rules(.osaka), next: unknown))
        #expect(try ending.rules(number: 1, time: 499).fork == .osaka)
        #expect(throws: ForkError.self) { try ending.rules(number: 1, time: 500) }
        #expect(throws: ForkError.self) { try ForkSchedule(try Self.configuration(unknown)) }
        #expect(throws: ForkError.self) { try ForkSchedule(try Self.configuration(Self.rules(.shanghai))) }
    }

    @Test("Of a known chain the table tells what was before the node's present rules")
    func past() async throws {
        let node = MemoryNode(try OracleWorld.ready())
        let json = Self.rules(.osaka, from: 1_767_747_671).description.replacing("0x539", with: "0x1")
        let present = try JSONScanner.parse(Array(json.utf8))
        try node.change { $0.answers["eth_config"] = try Self.configuration(present).json }
        let (schedule, source) = try await ForkSource.schedule(of: 1, asking: node.provider)
        #expect(source == .node)
        #expect(try schedule.rules(number: 20_000_000, time: 1_710_338_134).fork == .shanghai)
        #expect(try schedule.rules(number: 30_000_000, time: 1_767_747_670).blobs == .bpo1)
        #expect(try schedule.rules(number: 30_000_000, time: 1_767_747_671).blobs == .prague, "the node's own word")
    }

    @Test("A real geth's answer is read", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func recorded() throws {
        let line = try SharedVectors.lines("geth/geth-wire.jsonl.gz").map { try JSONScanner.parse($0) }
            .first { $0["request"]?["method"] == "eth_config" }
        let answer = try #require(line?["response"]?["result"])
        let schedule = try ForkSchedule(try NodeConfiguration(FieldReader(answer, path: "result")))
        #expect(schedule == ForkSchedule([.init(from: .time(0), .osaka, blobs: .prague)]))
    }

    // MARK: Where it is known from

    @Test("A configuration wins, else the node tells, else the table, else nobody")
    func sources() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world)
        let said = try await ForkSource.schedule(of: 1337, configured: .cancun, asking: node.provider)
        #expect(said.source == .configuration && said.schedule == ForkSchedule(.cancun) && node.requests == 0)

        await #expect(throws: ForkError.unknownChain(1337)) {
            _ = try await ForkSource.schedule(of: 1337, asking: node.provider)
        }
        let missing = MissingMethods()
        let table = try await ForkSource.schedule(of: 1, asking: node.provider, methods: missing)
        #expect(table.source == .table && table.schedule == .mainnet && missing.contains("eth_config"))
        node.forgetRequests()
        _ = try await ForkSource.schedule(of: 1, asking: node.provider, methods: missing)
        #expect(node.requests == 0)

        try node.change { $0.answers["eth_config"] = try Self.configuration(Self.rules(.osaka)).json }
        let told = try await ForkSource.schedule(of: 1337, asking: node.provider)
        #expect(try told.source == .node && told.schedule.rules(number: 1, time: 1).fork == .osaka)
        await #expect(throws: ForkError.wrongChain(1337, expected: 1)) {
            _ = try await ForkSource.schedule(of: 1, asking: node.provider)
        }
        try node.change { $0.answers["eth_config"] = try Self.configuration(Self.rules(.osaka, more: ["NEW": "4096"])).json }
        await #expect(throws: ForkError.self) { _ = try await ForkSource.schedule(of: 1337, asking: node.provider) }
    }
}
