/// Changes that know nothing of the format.
enum ByteMutation {
    /// Inputs do not grow beyond this many bytes.
    static let longest = 4_096

    static func apply(to input: inout [UInt8], _ random: inout FuzzRandom, decisive: [UInt8] = Dialect.decisiveBytes) {
        guard !input.isEmpty else {
            input.append(random.byte())
            return
        }
        let at = random.below(input.count)
        switch random.below(12) {
        case 0: input[at] ^= 1 << UInt8(random.below(8))
        case 1: input[at] = random.byte()
        case 2, 3: input[at] = random.one(of: decisive)
        case 4: input[at] = input[at] &+ (random.below(2) == 0 ? 1 : 255)
        case 5: write(random.one(of: Dialect.edges), width: 1 << random.below(4), to: &input, at: at)
        case 6: input.removeSubrange(at..<min(input.count, at + length(&random)))
        case 7: input.insert(contentsOf: (0..<length(&random)).map { _ in random.byte() }, at: at)
        case 8:
            let byte: UInt8 = random.below(2) == 0 ? 0x00 : 0xff
            for index in at..<min(input.count, at + length(&random)) { input[index] = byte }
        case 9:
            let piece = Array(input[at..<min(input.count, at + length(&random))])
            input.insert(contentsOf: piece, at: random.below(input.count + 1))
        case 10:
            let piece = Array(input[at..<min(input.count, at + length(&random))])
            let to = random.below(input.count)
            for index in 0..<min(piece.count, input.count - to) { input[to + index] = piece[index] }
        default: input.removeSubrange(at...)
        }
    }

    /// Mostly short, at times long.
    private static func length(_ random: inout FuzzRandom) -> Int { 1 + random.below(1 << (1 + random.below(7))) }

    /// The low bytes of a number, big-endian.
    private static func write(_ value: UInt64, width: Int, to input: inout [UInt8], at: Int) {
        for index in 0..<min(width, input.count - at) {
            input[at + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * (width - 1 - index)))
        }
    }
}
