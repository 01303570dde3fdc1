/// What happened in runs, so that one sees that it did.
struct ShellTally: Sendable {
    var seeds = 0
    var jobs = 0
    var ticks = 0
    var views = 0
    var failedTicks = 0
    var forms = 0
    var broadcasts = 0
    var neverSent = 0
    var located = 0
    var crashes = 0
    var losses = 0
    var uncertain = 0
    var outcomes = 0
    var withEffect = 0
    var words = 0
    var unread = 0
    var gone = 0
    var unverified = 0

    mutating func add(_ other: ShellTally) {
        seeds += other.seeds
        jobs += other.jobs
        ticks += other.ticks
        views += other.views
        failedTicks += other.failedTicks
        forms += other.forms
        broadcasts += other.broadcasts
        neverSent += other.neverSent
        located += other.located
        crashes += other.crashes
        losses += other.losses
        uncertain += other.uncertain
        outcomes += other.outcomes
        withEffect += other.withEffect
        words += other.words
        unread += other.unread
        gone += other.gone
        unverified += other.unverified
    }

    var text: String {
        "\(ticks) ticks, \(failedTicks) failed, \(views) views, \(forms) forms, \(broadcasts) broadcasts, \(neverSent) never sent, "
            + "\(located) located, \(crashes) crashes, \(losses) stores lost, \(uncertain) writes uncertain, \(outcomes) outcomes, "
            + "\(withEffect) with effect, \(unverified) not verified, \(words) words read, \(unread) unread, \(gone) gone, \(jobs) jobs"
    }
}
