internal import EthCodec

/// Changes to the tree that RLP spells, written canonically again: what strict decoding of lengths lets through.
enum RLPMutation {
    static func apply(to input: inout [UInt8], _ random: inout FuzzRandom) {
        // The byte before the list of a typed transaction.
        let prefix = input.first.map { $0 < 0x80 } ?? false ? 1 : 0
        // What is no RLP any more is changed byte by byte.
        guard input.count > prefix, let tree = try? RLPDecoder.decode(Array(input[prefix...])) else {
            ByteMutation.apply(to: &input, &random)
            return
        }
        let type: [UInt8] = random.below(16) == 0 ? [UInt8(random.below(6))] : Array(input[..<prefix])
        input = type + RLPEncoder.encode(mutated(tree, &random, depth: 0))
    }

    private static func mutated(_ item: RLPItem, _ random: inout FuzzRandom, depth: Int) -> RLPItem {
        switch item {
        case .bytes(let bytes): return changed(bytes, &random)
        case .list(var items):
            guard !items.isEmpty, depth < 8 else { return .list([.bytes([])]) }
            let at = random.below(items.count)
            switch random.below(12) {
            case 0: items.remove(at: at)
            case 1: items.insert(items[at], at: random.below(items.count + 1))
            case 2: items.swapAt(at, random.below(items.count))
            case 3: items[at] = random.below(2) == 0 ? .list([]) : .list([items[at]])
            case 4: items[at] = .bytes([])
            default: items[at] = mutated(items[at], &random, depth: depth + 1)
            }
            return .list(items)
        }
    }

    private static func changed(_ bytes: [UInt8], _ random: inout FuzzRandom) -> RLPItem {
        var bytes = bytes
        switch random.below(6) {
        case 0: return .integer(random.one(of: Dialect.edges))
        case 1: bytes = [UInt8](repeating: 0xff, count: random.one(of: [1, 8, 9, 19, 20, 21, 31, 32, 33, 55, 56]))
        case 2: bytes.insert(0, at: 0)
        case 3: if !bytes.isEmpty { bytes.removeLast() }
        case 4: bytes.append(random.byte())
        default: ByteMutation.apply(to: &bytes, &random)
        }
        return .bytes(bytes)
    }
}
