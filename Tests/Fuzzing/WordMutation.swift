/// Changes to words of 32 bytes behind a line of text: the offsets, lengths and padding of the ABI.
enum WordMutation {
    static func apply(to input: inout [UInt8], _ random: inout FuzzRandom) {
        guard let end = input.firstIndex(of: 0), input.count - end > 32 else {
            ByteMutation.apply(to: &input, &random)
            return
        }
        let start = end + 1
        let words = (input.count - start) / 32
        let word = start + 32 * random.below(words)
        switch random.below(8) {
        case 0: set(random.one(of: Dialect.edges), to: &input, at: word)
        case 1: set(UInt64(32 * random.below(words + 2)), to: &input, at: word)  // an offset to another word
        case 2: set(UInt64(random.below(40)), to: &input, at: word)
        case 3: for index in word..<word + 32 { input[index] = 0xff }
        case 4: input[word + random.below(32)] ^= 1 << UInt8(random.below(8))
        case 5: input.removeSubrange(word..<word + 32)
        case 6: input.insert(contentsOf: Array(input[word..<word + 32]), at: start + 32 * random.below(words + 1))
        default:
            let other = start + 32 * random.below(words)
            for index in 0..<32 { input.swapAt(word + index, other + index) }
        }
    }

    private static func set(_ value: UInt64, to input: inout [UInt8], at word: Int) {
        for index in 0..<24 { input[word + index] = 0 }
        for index in 0..<8 { input[word + 24 + index] = UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * index)) }
    }
}
