/// Changes to whole tokens of JSON: other values, values exchanged, digits that stay digits.
enum JSONMutation {
    static func apply(to input: inout [UInt8], _ random: inout FuzzRandom) {
        guard !input.isEmpty else {
            input = random.one(of: Dialect.jsonValues)
            return
        }
        let at = random.below(input.count)
        switch random.below(10) {
        case 0, 1: input.replaceSubrange(token(in: input, at: at), with: random.one(of: Dialect.jsonValues))
        case 2:
            let piece = Array(input[token(in: input, at: random.below(input.count))])
            input.replaceSubrange(token(in: input, at: at), with: piece)
        case 3: input.removeSubrange(token(in: input, at: at))
        case 4: input.insert(contentsOf: random.one(of: Dialect.jsonValues), at: at)
        case 5, 6: input[at] = random.one(of: Dialect.jsonBytes)
        case 7:
            // A digit for a digit: the form holds, the value changes.
            if let digit = input[at...].firstIndex(where: { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 }) {
                input[digit] = random.one(of: Array("0123456789abcdef".utf8))
            }
        case 8:
            let range = token(in: input, at: at)
            input.insert(contentsOf: Array(input[range]), at: range.lowerBound)
        default: ByteMutation.apply(to: &input, &random, decisive: Dialect.jsonBytes)
        }
    }

    /// The text or word around a place, with its quotes; punctuation alone.
    private static func token(in input: [UInt8], at place: Int) -> Range<Int> {
        var start = place
        while start > 0, !isEdge(input[start - 1]) { start -= 1 }
        var end = place
        while end < input.count, !isEdge(input[end]) { end += 1 }
        return start..<max(end, min(start + 1, input.count))
    }

    private static func isEdge(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
