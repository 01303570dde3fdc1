import Foundation

/// What was measured of one contender: medians over the rounds.
struct Measured {
    let name: String
    /// Seconds a call, one number a round.
    let seconds: [Double]
    /// Seconds a call that the contender's own process computed.
    let computed: [Double]
    /// Its time over ours in the same round: above 1 ours is faster.
    let ratios: [Double]
    /// The least that the ratio may be.
    let goal: Double?

    var isMet: Bool? { goal.map { median(ratios) >= $0 } }

    func line(_ work: Work, isFirst: Bool) -> String {
        let rate = String(format: "%.0f", 1 / median(seconds))
        let cost = String(format: "%.1f µs", median(computed) * 1e6)
        let ratio = isFirst ? "" : String(format: "%.2f", median(ratios))
        let verdict = isMet.map { $0 ? "met" : "MISSED" } ?? ""
        let cells = [isFirst ? work.rawValue : "", name, rate, cost, ratio, goal.map { "≥ \($0) ×" } ?? "", verdict]
        return "| " + cells.joined(separator: " | ") + " |"
    }
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// Lets the contenders take turns, every other round in reverse order.
struct Measuring {
    let work: Work
    let contenders: [any Contender]
    let web3: ChildProcess?
    let rounds: Int
    /// Seconds of one turn.
    let turn: Double

    init(_ work: Work, _ contenders: [any Contender], _ web3: ChildProcess?, rounds: Int, turn: Double) {
        self.work = work
        self.contenders = contenders
        self.web3 = web3
        self.rounds = rounds
        self.turn = turn
    }

    private struct Turn {
        var wall: Double
        var computed: Double
    }

    func run() async throws -> [Measured] {
        let count = contenders.count + (web3 == nil ? 0 : 1)
        var calls: [Int] = []
        for index in 0..<count { calls.append(try await calibrated(index)) }
        var turns = [[Turn]](repeating: [], count: count)
        for round in 0..<rounds {
            for index in round % 2 == 0 ? Array(0..<count) : (0..<count).reversed() {
                let turn = try await once(index, calls[index])
                turns[index].append(
                    Turn(wall: turn.wall / Double(calls[index]), computed: turn.computed / Double(calls[index])))
            }
        }
        return (0..<count).map { index in
            // The pool is ours too: it is held against the transport alone, without a goal.
            let goal: Double? = index == 2 ? 0.85 : index == 3 ? 12 : nil
            return Measured(
                name: index < contenders.count ? contenders[index].name : "web3.py", seconds: turns[index].map(\.wall),
                computed: turns[index].map(\.computed), ratios: zip(turns[index], turns[0]).map { $0.wall / $1.wall }, goal: goal)
        }
    }

    /// How many calls fill a turn, in whole batches; finding it warms up too.
    private func calibrated(_ index: Int) async throws -> Int {
        var calls = Work.batch
        while true {
            let wall = try await once(index, calls).wall
            if wall > turn / 4 {
                let wanted = Double(calls) * turn / wall / Double(Work.batch)
                return max(1, Int(wanted.rounded())) * Work.batch
            }
            calls *= 4
        }
    }

    private func once(_ index: Int, _ calls: Int) async throws -> Turn {
        guard index < contenders.count else {
            let words = try web3?.ask("\(work) \(calls)").split(separator: " ").compactMap { Double($0) } ?? []
            guard words.count == 2 else { throw ChildProcess.Ended(description: "web3_peer.py said something else") }
            return Turn(wall: words[0] / 1e9, computed: words[1] / 1e9)
        }
        let clock = ContinuousClock()
        let (start, before) = (clock.now, processorTime())
        try await work.run(contenders[index], calls)
        let elapsed = start.duration(to: clock.now)
        return Turn(wall: elapsed / .seconds(1), computed: processorTime() - before)
    }
}

/// Seconds that this process has computed, all threads together.
private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
