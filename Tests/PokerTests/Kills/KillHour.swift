/// How far the driver is in an hour.
struct KillHour {
    let slot: UInt64
    let pool: PoolPlan
    /// Those to come.
    var plans: [KillPlan]
    /// Of the next block, counted from the slot's first.
    var index = -3
    /// Blocks that are still mined without a process.
    var gap = 0
    /// Those that die while they start.
    var again: [Double] = []
    /// Seconds that blocks come later, because time leapt.
    var leap: UInt64 = 0
    /// Whether the keeper's transactions are held back.
    var isHeld = false
    /// Height of the head at which the slot was seen poked.
    var pokedAt: UInt64?
    /// The account's nonces, and the height since which they are the same.
    var nonces: [UInt64] = []
    var quietSince: UInt64 = 0

    init(_ slot: UInt64, plans: [KillPlan], pool: PoolPlan) {
        self.slot = slot
        self.plans = plans
        self.pool = pool
    }

    /// Of the next block.
    var time: UInt64 {
        switch index {
        case -3: slot - 601
        case -2: slot - 13
        case -1: slot - 1
        default: slot + 11 + 12 * UInt64(index) + leap
        }
    }

    /// The kill that is due at the next block.
    var due: KillPlan? { plans.first.flatMap { $0.block <= index ? $0 : nil } }
}
