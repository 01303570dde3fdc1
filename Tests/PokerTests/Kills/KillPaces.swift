/// How long processes take on this machine, learnt on the way: kills are drawn as parts of it.
struct KillPaces: Sendable {
    /// From before a block is mined to the end of the tick at it: the first of a slot, any other.
    var slotTick = Duration.milliseconds(600)
    var tick = Duration.milliseconds(200)
    /// From the start of a process to the end of its first tick.
    var start = Duration.milliseconds(900)
    /// From SIGTERM to the end.
    var stop = Duration.milliseconds(80)

    mutating func note(_ pace: WritableKeyPath<Self, Duration>, _ time: Duration) {
        self[keyPath: pace] = (self[keyPath: pace] * 3 + time) / 4
    }
}
