internal import EthPrimitives

/// The smallest number of gas from which on something holds, found by bisection and then tried around.
struct Threshold {
    private(set) var limit: Gas
    /// Whether it held at no limit tried below, and at all tried above, the first time.
    private(set) var isMonotone = true

    /// Limits tried on either side of the one that was found.
    private static let reach: Gas = 8
    /// Limits tried where it turned out that holding at one says nothing of those above.
    private static let scan: Gas = 1_024

    /// - Parameters:
    ///   - high: where it holds; `nil` comes back if it does not.
    ///   - holds: whether it holds at a limit; never at zero.
    init?<Failure: Error>(upTo high: Gas, _ holds: (Gas) throws(Failure) -> Bool) throws(Failure) {
        guard try holds(high) else { return nil }
        limit = high
        try bisect(above: 0, holds)
        guard let failing = try failure(upTo: high, holds) else {
            for below in limitsBelow { if try holds(below) { isMonotone = false } }
            return
        }
        // It holds on islands: what counts is the last shore, behind which it always holds.
        isMonotone = false
        var last = failing
        let step = max(1, (high - failing) / Self.scan)
        for tried in stride(from: failing, to: high, by: Int(step)) { if try !holds(tried) { last = tried } }
        limit = high
        try bisect(above: last, holds)
        while let failing = try failure(upTo: high, holds) {
            limit = high
            try bisect(above: failing, holds)
        }
    }

    /// Narrows down to a limit at which it holds, while at the one before it does not.
    /// - Parameter low: where it does not hold.
    private mutating func bisect<Failure: Error>(above low: Gas, _ holds: (Gas) throws(Failure) -> Bool) throws(Failure) {
        var low = low
        while limit - low > 1 {
            let middle = low + (limit - low) / 2
            if try holds(middle) { limit = middle } else { low = middle }
        }
    }

    /// The highest of some limits above at which it does not hold: those next to it, a 32nd of it in steps of a thousandth, half of it in
    /// steps of a 64th, and then each twice as far. What fails on a narrower stretch in between stays unseen.
    private func failure<Failure: Error>(upTo high: Gas, _ holds: (Gas) throws(Failure) -> Bool) throws(Failure) -> Gas? {
        let room = high - limit
        var distances = Array(1...Self.reach) + (1...32).map { $0 * step } + (3...32).map { $0 * 16 * step }
        var distance = 1_024 * step
        while distance < room {
            distances.append(distance)
            distance *= 2
        }
        for distance in distances.reversed() where distance < room {
            if try !holds(limit + distance) { return limit + distance }
        }
        return nil
    }

    private var step: Gas { max(1, limit >> 10) }

    private var limitsBelow: [Gas] {
        let distances = Array(2...Self.reach) + (1...16).map { $0 * step }
        return distances.filter { $0 < limit }.map { limit - $0 }
    }
}
