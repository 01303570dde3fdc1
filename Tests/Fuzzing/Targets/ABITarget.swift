internal import EthCodec
internal import EthContracts
internal import EthPrimitives

extension FuzzTarget {
    /// The ABI: a line with the parameters' type, a zero byte, then their encoding. A line that begins with `#` names a generated binding.
    static let abi = FuzzTarget("abi", .words) {
        var inputs: [[UInt8]] = ABISeeds.inputs
        for test in try SharedCorpus.json("ethers/abi.json.gz").array ?? [] {
            guard let type = test["type"]?.string, let bytes = SharedCorpus.bytes(test["encoded"]) else { continue }
            inputs.append(Array("(\(type))".utf8) + [0] + bytes)
        }
        return Corpus(inputs)
    } decode: { input throws(BrokenPromise) in
        guard let end = input.firstIndex(of: 0) else { return false }
        let data = Array(input[(end + 1)...])
        if input[0] == UInt8(ascii: "#") { return try ABIBindings.decode(data, as: input[1..<end]) }
        guard let text = String(validating: input[..<end], as: UTF8.self), case .tuple(let types)? = try? ABIType(parsing: text)
        else {
            return false
        }
        _ = RevertReason.decode(data)
        let values: [ABIValue]
        do { values = try ABIValue.decode(data, as: types) } catch { return false }
        try ABIPromises.check(values, types)
        return true
    }
}

private enum ABIPromises {
    static func check(_ values: [ABIValue], _ types: [ABIType]) throws(BrokenPromise) {
        let encoded: [UInt8]
        do { encoded = try ABIValue.encode(values, as: types) } catch {
            throw BrokenPromise("what was decoded cannot be encoded: \(error)")
        }
        do {
            try BrokenPromise.unless(try ABIValue.decode(encoded, as: types) == values, "values change by encoding and decoding")
        } catch let error as BrokenPromise {
            throw error
        } catch {
            throw BrokenPromise("what was encoded cannot be decoded: \(error)")
        }
        for (value, type) in zip(values, types) {
            do {
                try BrokenPromise.unless(try ABIValue(json: value.json, type: type) == value, "a value changes by way of JSON")
            } catch let error as BrokenPromise {
                throw error
            } catch {
                throw BrokenPromise("a value's JSON is refused: \(error)")
            }
        }
        do {
            try BrokenPromise.unless(
                try ABIType(parsing: ABIType.tuple(types).canonical) == .tuple(types), "a type's text is another type")
        } catch let error as BrokenPromise {
            throw error
        } catch {
            throw BrokenPromise("a type's own text is refused: \(error)")
        }
        // Packing refuses what it cannot pack; it must not fall.
        _ = try? ABIValue.encodePacked(values, as: types)
    }
}

/// Generated bindings of every shape: nested arrays, structures, events with dynamic members.
private enum ABIBindings {
    static let names = ["aggregate3", "tryBlockAndAggregate", "list", "updateVersion", "note"]

    static func decode(_ data: [UInt8], as name: ArraySlice<UInt8>) throws(BrokenPromise) -> Bool {
        do {
            switch names.firstIndex(where: { name.elementsEqual($0.utf8) }) {
            case 0: _ = try Multicall3.Aggregate3Call.decodeOutput(data)
            case 1: _ = try Multicall3.TryBlockAndAggregateCall.decodeOutput(data)
            case 2: _ = try ChainLog.ListCall.decodeOutput(data)
            case 3: _ = try ChainLog.UpdateVersionEvent(topics: [ChainLog.UpdateVersionEvent.topic0], data: data)
            case 4:
                let topics = stride(from: 0, to: data.count - 31, by: 32).prefix(4).compactMap { B256(data[$0..<$0 + 32]) }
                _ = try LogNote(topics: topics, data: data)
            default: return false
            }
            return true
        } catch { return false }
    }
}

private enum ABISeeds {
    /// Values of every kind of type, encoded, and what bindings decode.
    static var inputs: [[UInt8]] {
        let number = ABIValue.uint(7)
        let text = ABIValue.string("héllo"), long = ABIValue.bytes([UInt8](repeating: 0xab, count: 70))
        let pair = ABIValue.tuple([number, .array([long, .bytes([])])])
        let cases: [(String, [ABIValue])] = [
            ("(uint256,bool,address)", [number, .bool(true), .address(.zero)]), ("(int8,uint8)", [.int(-1), .uint(255)]),
            ("(bytes)", [long]), ("(string,bytes4)", [text, .fixedBytes([1, 2, 3, 4])]),
            ("(uint256[])", [.array([number, number])]),
            ("(uint256[2][])", [.array([.array([number, number])])]), ("(string[2])", [.array([text, text])]),
            ("((uint256,bytes[])[],string)", [.array([pair, pair]), text]),
            ("(((((uint8[])[])[])[])[])", [.array([.tuple([.array([.tuple([.array([.tuple([.array([])])])])])])])]),
            ("()", []),
            (
                "(bool[3][2])",
                [.array([.array([.bool(true), .bool(false), .bool(true)]), .array([.bool(true), .bool(true), .bool(true)])])]
            ),
        ]
        var inputs: [[UInt8]] = []
        for (line, values) in cases {
            // Seeds that do not fit their types would be a mistake of ours, found by the test that every target takes some input.
            guard case .tuple(let types)? = try? ABIType(parsing: line), let data = try? ABIValue.encode(values, as: types) else {
                continue
            }
            inputs.append(Array(line.utf8) + [0] + data)
        }
        let results =
            (try? ABIValue.encode(
                [.array([.tuple([.bool(true), long]), .tuple([.bool(false), .bytes([])])])],
                as: [.array(.tuple([.bool, .bytes]))])) ?? []
        let block =
            (try? ABIValue.encode(
                [number, .fixedBytes([UInt8](repeating: 1, count: 32)), .array([.tuple([.bool(true), long])])],
                as: [.uint(bits: 256), .fixedBytes(count: 32), .array(.tuple([.bool, .bytes]))])) ?? []
        let list =
            (try? ABIValue.encode([.array([.fixedBytes([UInt8](repeating: 2, count: 32))])], as: [.array(.fixedBytes(count: 32))]))
            ?? []
        let version = (try? ABIValue.encode([text], as: [.string])) ?? []
        for (name, data) in zip(ABIBindings.names, [results, block, list, version, [UInt8](repeating: 0, count: 160)]) {
            inputs.append(Array("#\(name)".utf8) + [0] + data)
        }
        // Reverts: Error(string) and Panic(uint256).
        inputs.append(Array("()".utf8) + [0, 0x08, 0xc3, 0x79, 0xa0] + version)
        inputs.append(Array("()".utf8) + [0, 0x4e, 0x48, 0x7b, 0x71] + [UInt8](repeating: 0, count: 31) + [0x11])
        return inputs
    }
}
