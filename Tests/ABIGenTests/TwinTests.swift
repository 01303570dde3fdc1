import EthCodec
import EthPrimitives
import TestSupport
import Testing

/// Random values through the generated structures and through the dynamic path, whose types come from the same interface.
@Suite("Typed and dynamic path")
struct TwinTests {
    let document: ABIDocument

    init() throws { document = try ABIDocument(parsing: Array(EverythingInterface.json.utf8)) }

    static let rounds = 200

    /// The call encodes as the dynamic path does, and reads itself back; cut short or longer it is refused.
    func check<Call: ContractCall & Equatable>(_ call: Call, _ values: [ABIValue]) throws {
        let declaration = try #require(document.function(Call.selector))
        #expect(declaration.canonical == Call.signature)
        let data = call.callData
        #expect(try declaration.encodeCall(values) == data)
        #expect(try declaration.decodeArguments(data) == values)
        #expect(try Call(callData: data) == call)
        #expect(throws: ABIError.self) { try Call(callData: data.dropLast(32)) }
        #expect(throws: ABIError.unreadBytes(count: 1)) { try Call(callData: data + [0]) }
    }

    @Test("calls with overloads, nested tuples and fixed arrays of tuples")
    func calls() throws {
        var random = SeededRandom(1)
        for _ in 0..<Self.rounds {
            let (a, b, c) = (ABIBytes.twin(&random), String.twin(&random), [UInt8].twin(&random))
            let (d, e) = (ABIFixedArray<2, String>.twin(&random), FixedBytes<24>.twin(&random))
            let (f, g) = ([ABIFixedArray<2, Everything.Order>].twin(&random), Everything.Point.twin(&random))
            try check(
                Everything.MixCall(
                    in: a.typed, in_1: b.typed, callData_2: c.typed, fixed: d.typed, e.typed, order: f.typed, point: g.typed),
                [a.dynamic, b.dynamic, c.dynamic, d.dynamic, e.dynamic, f.dynamic, g.dynamic])

            let points = ABIFixedArray<3, Everything.Point>.twin(&random)
            try check(Everything.SetPointArray3Call(points: points.typed), [points.dynamic])
            try check(Everything.SetPointCall(point: g.typed), [g.dynamic])
            let (x, y) = (Int64.twin(&random), Int128.twin(&random))
            try check(Everything.SetInt64Int128Call(x: x.typed, y: y.typed), [x.dynamic, y.dynamic])

            let (shape, name) = (Everything.Shape.twin(&random), B256.twin(&random))
            try check(Everything.ShapeCall(shape: shape.typed, name: name.typed), [shape.dynamic, name.dynamic])
            let who = Address.twin(&random)
            try check(Everything.SumAddressCall(encoder: who.typed), [who.dynamic])
        }
        try checkArgumentless()
    }

    func checkArgumentless() throws {
        #expect(try Everything.SumCall(callData: Everything.SumCall.selector.bytes) == Everything.SumCall())
        #expect(throws: ABIError.unreadBytes(count: 2)) {
            try Everything.SumCall(callData: Everything.SumCall.selector.bytes + [0, 0])
        }
    }

    @Test("arrays of every kind in one call with a signature of several lines")
    func long() throws {
        var random = SeededRandom(2)
        for _ in 0..<Self.rounds {
            let (a, b, c) = ([Address].twin(&random), [UInt256].twin(&random), [B256].twin(&random))
            let (d, e, f) = ([String].twin(&random), [ABIBytes].twin(&random), Bool.twin(&random))
            let g = ABIFixedArray<2, UInt16>.twin(&random)
            try check(
                Everything.ThisNameIsSoLongThatItsSignatureNeedsLinesOfItsOwnInSwiftCall(
                    first: a.typed, second: b.typed, third: c.typed, fourth: d.typed, fifth: e.typed, sixth: f.typed,
                    seventh: g.typed),
                [a.dynamic, b.dynamic, c.dynamic, d.dynamic, e.dynamic, f.dynamic, g.dynamic])
        }
    }

    @Test("a call is not read as another one")
    func otherCall() {
        let data = Everything.SetInt64Int128Call(x: 1, y: 2).callData
        #expect(throws: ABIError.wrongSelector(expected: Everything.SetPointCall.selector, actual: Array(data.prefix(4)))) {
            try Everything.SetPointCall(callData: data)
        }
        #expect(throws: ABIError.wrongSelector(expected: Everything.SumCall.selector, actual: [0x37, 0xbe])) {
            try Everything.SumCall(callData: [0x37, 0xbe])
        }
    }

    @Test("answers of one tuple, and of several values")
    func outputs() throws {
        var random = SeededRandom(3)
        for _ in 0..<Self.rounds {
            let area = Everything.AddressTuple.twin(&random)
            let types = try #require(document.function(Everything.ShapeCall.selector)).outputs.map(\.type)
            #expect(try Everything.ShapeCall.decodeOutput(ABIValue.encode([area.dynamic], as: types)) == area.typed)

            let (a, b, c) = (ABIInt<24>.twin(&random), [ABIUInt<160>].twin(&random), Bool.twin(&random))
            let several = try #require(document.function(Everything.SumCall.selector)).outputs.map(\.type)
            let answer = try ABIValue.encode([a.dynamic, b.dynamic, c.dynamic], as: several)
            #expect(try Everything.SumCall.decodeOutput(answer) == .init(a.typed, b.typed, in: c.typed))
        }
    }

    @Test("events, their indexed arrays and tuples staying hashes")
    func events() throws {
        var random = SeededRandom(4)
        typealias Moved = Everything.MovedUint8ArrayPointInt24PointEvent
        for _ in 0..<Self.rounds {
            let (list, point) = (B256.twin(&random).typed, B256.twin(&random).typed)
            let (step, to) = (ABIInt<24>.twin(&random), Everything.Point.twin(&random))
            let topics = [Moved.topic0, list, point, step.typed.value.bitPattern.bigEndianBytes]
            let data = try ABIValue.encode([to.dynamic], as: [.tuple([.int(bits: 64), .int(bits: 128)])])
            let event = try Moved(topics: topics, data: data)
            #expect((event.value0Hash, event.pointHash) == (list, point))
            #expect((event.step, event.to) == (step.typed, to.typed))
            let log = try #require(try document.decodeLog(topics: topics, data: data))
            #expect(log.values == [.hash(list), .hash(point), .value(step.dynamic), .value(to.dynamic)])
        }
    }
}
