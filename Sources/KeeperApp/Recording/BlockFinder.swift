import EthPrimitives
import EthRPC

/// Finds blocks by number and by time, with few requests.
struct BlockFinder {
    private let provider: Provider
    private let slots: SlotTiming?
    /// Headers that were asked for ahead.
    private var known: [UInt64: BlockHeader] = [:]

    /// Headers in one batch where one block after the other is wanted.
    private static let ahead: UInt64 = 16
    /// Guesses before the range is halved instead.
    private static let guesses = 6

    init(_ provider: Provider, slots: SlotTiming?) {
        self.provider = provider
        self.slots = slots
    }

    /// The header of a block that must be there.
    /// - Throws: `RPCError` of code `malformedResult` if the node knows none.
    mutating func header(_ number: UInt64) async throws -> BlockHeader {
        try await fetch([number])
        return try header(known: number)
    }

    private func header(known number: UInt64) throws(RPCError) -> BlockHeader {
        guard let header = known[number] else {
            throw RPCError(.malformedResult, "the node does not know block \(number)", method: "eth_getBlockByNumber")
        }
        return header
    }

    private mutating func fetch(_ numbers: [UInt64]) async throws {
        let missing = numbers.filter { known[$0] == nil }
        guard !missing.isEmpty else { return }
        // What was asked for ahead and is passed by is not asked for again.
        if known.count > 4096 { known = known.filter { numbers.contains($0.key) } }
        var batch = ReadBatch(at: .latest)
        let reads = missing.map { batch.add(RPCQuery<BlockHeader?>.header(.number($0))) }
        let answers = try await provider.send(batch)
        for (number, read) in zip(missing, reads) {
            guard let header = try answers.value(of: read) else { continue }
            guard header.number == number else {
                throw RPCError(.malformedResult, "block \(number): the node gives the header of block \(header.number)")
            }
            known[number] = header
        }
    }

    /// The first block at or after a time.
    /// - Parameters:
    ///   - low: a block before that time.
    ///   - high: the last block that counts.
    /// - Returns: `nil` if it comes after `high`.
    mutating func first(at time: UInt64, after low: BlockHeader, upTo high: BlockHeader) async throws -> BlockHeader? {
        guard high.timestamp >= time, high.number > low.number else { return nil }
        var (low, high) = (low, high)
        if time <= low.timestamp + 1 {
            try await fetch(Array(low.number + 1...min(high.number, low.number + Self.ahead)))
            return try header(known: low.number + 1)
        }
        var round = 0
        while high.number > low.number + 1 {
            let guess = round < Self.guesses ? guess(time, low, high) : low.number + (high.number - low.number) / 2
            round += 1
            let before = guess - 1
            try await fetch(before > low.number ? [before, guess] : [guess])
            let (left, right) = (before > low.number ? try header(known: before) : low, try header(known: guess))
            guard left.timestamp <= right.timestamp else {
                throw RPCError(.malformedResult, "block \(guess) is older than block \(before)")
            }
            if left.timestamp >= time { high = left } else if right.timestamp >= time { return right } else { low = right }
        }
        return high
    }

    /// Where the block should be; above `low` and at most `high`.
    private func guess(_ time: UInt64, _ low: BlockHeader, _ high: BlockHeader) -> UInt64 {
        let count = high.number - low.number
        let seconds = max(1, high.timestamp - min(high.timestamp, low.timestamp))
        let fromLow: UInt64
        if let slots, seconds / slots.length < 2 * count {
            // Slots without a block make it less.
            fromLow = (time - low.timestamp + slots.length - 1) / slots.length
        } else {
            fromLow = UInt64((UInt128(time - low.timestamp) * UInt128(count) + UInt128(seconds) - 1) / UInt128(seconds))
        }
        return low.number + min(max(1, fromLow), count)
    }
}
