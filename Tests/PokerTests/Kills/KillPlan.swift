import TestSupport

/// One kill, drawn before it is known what the process will be doing.
struct KillPlan: Sendable {
    enum Moment: Sendable {
        /// So long after a block was mined, as a part of the time that a process takes for such a block.
        case after(Double)
        /// When the process made so many commits since the block, and microseconds later.
        case commit(UInt32, microseconds: UInt32)
        /// While it shuts down, by the time that takes.
        case stopping(Double)
    }

    /// The first block that will do, counted from the slot's first.
    var block: Int
    var moment: Moment
    /// Blocks that are mined while no process runs.
    var gap: Int
    /// Whether time leaps while no process runs.
    var leaps = false
    /// The next processes are killed after such parts of the time that a start takes.
    var again: [Double]
    /// The store is lost before the next process if the place of the kill makes that as likely, in percent.
    var luck: Int

    var way: String {
        switch moment {
        case .after: "at a time"
        case .commit(let count, _): "after commit \(count)"
        case .stopping: "stopping"
        }
    }

    /// Those of one hour, in order.
    static func hour(_ random: inout SeededRandom) -> [KillPlan] {
        var plans: [KillPlan] = []
        repeat {
            plans.append(KillPlan(&random))
        } while plans.count < 4 && random.chance(65)
        return plans.sorted { $0.block < $1.block }
    }

    init(_ random: inout SeededRandom) {
        // The first head inside the slot is where everything happens.
        block =
            random.chance(50)
            ? 0 : random.chance(25) ? Int.random(in: -3 ... -1, using: &random) : Int.random(in: 1...5, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<12: moment = .stopping(Double.random(in: 0..<1.2, using: &random))
        case 12..<50: moment = .after(Double.random(in: 0..<1.1, using: &random))
        default:
            moment = .commit(
                block == 0 ? UInt32.random(in: 1...4, using: &random) : UInt32.random(in: 1...2, using: &random),
                microseconds: random.chance(50)
                    ? UInt32.random(in: 0..<400, using: &random) : UInt32.random(in: 0..<8000, using: &random))
        }
        gap = random.chance(50) ? 0 : Int.random(in: 1...3, using: &random)
        leaps = random.chance(10)
        again = (0..<(random.chance(20) ? Int.random(in: 1...2, using: &random) : 0)).map { _ in
            Double.random(in: 0..<1.3, using: &random)
        }
        luck = Int.random(in: 0..<100, using: &random)
    }
}

/// What the pool does with the keeper's transaction in one hour.
struct PoolPlan: Sendable {
    /// Blocks that do not take it.
    var held = 0
    /// Whether others pay much in the meantime, so that the keeper replaces what waits.
    var isCrowded = false
    /// Whether somebody else pokes while it waits, so that the keeper takes back what it sent: it is held until that waits too.
    var isForestalled = false

    init() {}

    init(_ random: inout SeededRandom) {
        guard random.chance(40) else { return }
        isForestalled = random.chance(15)
        held = isForestalled ? 200 : Int.random(in: 1...5, using: &random)
        isCrowded = random.chance(60)
    }
}

extension SeededRandom {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
