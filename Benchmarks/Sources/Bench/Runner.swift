import CPeers
import Foundation

/// How long to measure.
struct Effort {
    /// Rounds in which each contender of a row has its turn.
    let rounds: Int
    /// Nanoseconds of one turn.
    let turn: Double

    static let full = Effort(rounds: 15, turn: 25_000_000)
    static let quick = Effort(rounds: 5, turn: 8_000_000)
}

/// What was measured of one contender.
struct Measurement {
    let contender: Contender
    /// Nanoseconds for one piece of work, one number a round.
    let times: [Double]
    /// This contender's time over ours, one number a round; ratios of one round are what a noisy machine leaves comparable.
    let ratios: [Double]

    var time: Double { median(times) }
    var ratio: Double { median(ratios) }

    /// Whether the goal is met, `nil` without a goal.
    var isMet: Bool? {
        switch contender.goal {
        case .times(let wanted): ratio >= wanted
        case .nanoseconds(let limit): time <= limit
        case nil: nil
        }
    }
}

/// Measures the contenders of a row alternately.
struct Runner {
    let effort: Effort
    let python: PythonPeers?

    func measure(_ row: Row) throws -> [Measurement] {
        let contenders = row.contenders.filter {
            if case .python = $0.work { python != nil } else { true }
        }
        let iterations = try contenders.map(calibrated)
        var times = [[Double]](repeating: [], count: contenders.count)
        for round in 0..<effort.rounds {
            // Every other round goes backwards, so that nobody always follows the same neighbour.
            let order = round % 2 == 0 ? Array(contenders.indices) : contenders.indices.reversed()
            for index in order {
                let total = try run(contenders[index], iterations[index])
                times[index].append(total / Double(iterations[index] * row.piecesPerIteration))
            }
        }
        return contenders.indices.map { index in
            Measurement(
                contender: contenders[index], times: times[index], ratios: zip(times[index], times[0]).map { $0 / $1 })
        }
    }

    /// The number of iterations that fills a turn; finding it warms up too.
    private func calibrated(_ contender: Contender) throws -> Int {
        var count = 1
        while true {
            let total = try run(contender, count)
            if total > effort.turn / 8 { return max(1, Int(Double(count) * effort.turn / total)) }
            count *= total > effort.turn / 64 ? 2 : 8
        }
    }

    /// Nanoseconds of processor time that so many iterations take: what other processes do meanwhile should not count.
    private func run(_ contender: Contender, _ iterations: Int) throws -> Double {
        switch contender.work {
        case .here(let work):
            let start = processorTime()
            try work(iterations)
            return processorTime() - start
        case .python(let function):
            return try python?.run(function, iterations) ?? 0
        }
    }
}

/// Nanoseconds that this thread has computed.
private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard let middle = sorted.dropFirst(sorted.count / 2).first else { return .nan }
    return sorted.count % 2 == 1 ? middle : (middle + sorted[sorted.count / 2 - 1]) / 2
}

/// Keeps the compiler from dropping work whose result nobody reads.
@inline(__always)
func use<T>(_ value: T) { withUnsafePointer(to: value) { peer_use($0) } }
