import EthCodec
import EthContracts
import EthPrimitives
import Testing

@Suite("Bindings at work")
struct BindingTests {
    static func encode(_ values: [ABIValue], _ types: String) throws -> [UInt8] {
        guard case .tuple(let members) = try ABIType(parsing: types) else { return [] }
        return try ABIValue.encode(values, as: members)
    }

    @Test("a call without arguments is its selector")
    func plain() { #expect(OSM.PokeCall().callData == [0x18, 0x17, 0x83, 0x58]) }

    @Test("arguments follow the selector")
    func arguments() throws {
        let ilk = try #require(B256(ascii: "ETH-A"))
        #expect(Spotter.PokeCall(ilk: ilk).callData == [0x15, 0x04, 0x46, 0x0f] + ilk.bytes)
    }

    @Test("outputs decode to one value, to a structure, or to nothing")
    func outputs() throws {
        #expect(try OSM.ZzzCall.decodeOutput(UInt256(1_700_000_000).bigEndianBytes.bytes) == 1_700_000_000)
        let peek = try OSM.PeekCall.decodeOutput(try Self.encode([.uint(7), .bool(true)], "(uint256,bool)"))
        #expect(UInt256(bigEndian: peek.val) == 7)
        #expect(peek.has)
        let ilk = try Vat.IlksCall.decodeOutput(
            try Self.encode((1...5).map { .uint(UInt256($0)) }, "(uint256,uint256,uint256,uint256,uint256)"))
        #expect(ilk == Vat.IlksCall.Output(Art: 1, rate: 2, spot: 3, line: 4, dust: 5))
        #expect(throws: Never.self) { try OSM.PokeCall.decodeOutput([]) }
    }

    @Test("an empty answer points at the address")
    func empty() { #expect(throws: ABIError.emptyOutput) { try OSM.PeekCall.decodeOutput([]) } }

    @Test("a batch encodes like the dynamic path and its answers decode")
    func multicall() throws {
        let osm = try Address(hex: "0x81fe72b5a8d1a857d176c3e7d5bd2679a9b85763")
        let batch = Multicall3.Aggregate3Call(calls: [
            .init(target: osm, allowFailure: false, callData: ABIBytes(OSM.PokeCall().callData)),
            .init(target: osm, allowFailure: true, callData: []),
        ])
        let dynamic = try Self.encode(
            [
                .array([
                    .tuple([.address(osm), .bool(false), .bytes([0x18, 0x17, 0x83, 0x58])]),
                    .tuple([.address(osm), .bool(true), .bytes([])]),
                ])
            ], "((address,bool,bytes)[])")
        #expect(batch.callData == Multicall3.Aggregate3Call.selector.bytes + dynamic)
        let answer = try Self.encode(
            [.array([.tuple([.bool(true), .bytes([1, 2])]), .tuple([.bool(false), .bytes([])])])], "((bool,bytes)[])")
        let results = try Multicall3.Aggregate3Call.decodeOutput(answer)
        #expect(results == [.init(success: true, returnData: [1, 2]), .init(success: false, returnData: [])])
    }

    @Test("a median poke keeps uint8[] apart from bytes")
    func median() throws {
        let call = Median.PokeCall(val: [1], age: [2], v: [27], r: [B256()], s: [B256()])
        let dynamic = try Self.encode(
            [
                .array([.uint(1)]), .array([.uint(2)]), .array([.uint(27)]), .array([.fixedBytes(B256().bytes)]),
                .array([.fixedBytes(B256().bytes)]),
            ], "(uint256[],uint256[],uint8[],bytes32[],bytes32[])")
        #expect(call.callData == Median.PokeCall.selector.bytes + dynamic)
    }

    @Test("events check their topics and account for all data")
    func events() throws {
        let data = try Self.encode([.uint(1), .uint(2), .uint(3)], "(uint256,uint256,uint256)")
        let poke = try Spotter.PokeEvent(topics: [Spotter.PokeEvent.topic0], data: data)
        #expect(poke.spot == 3)
        #expect(throws: ABIError.wrongTopic(expected: Spotter.PokeEvent.topic0, actual: B256())) {
            try Spotter.PokeEvent(topics: [B256()], data: data)
        }
        #expect(throws: ABIError.wrongTopicCount(expected: 1, actual: 0)) { try Spotter.PokeEvent(topics: [], data: data) }
        #expect(throws: ABIError.unreadBytes(count: 32)) {
            try Spotter.PokeEvent(topics: [Spotter.PokeEvent.topic0], data: data + B256().bytes)
        }
        let owner = try Address(hex: "0xbe286431454714f511008713973d3b053a2d38f3")
        let topic = try #require(B256([UInt8](repeating: 0, count: 12) + owner.bytes))
        #expect(try DSValue.LogSetOwnerEvent(topics: [DSValue.LogSetOwnerEvent.topic0, topic], data: []).owner == owner)
    }
}
