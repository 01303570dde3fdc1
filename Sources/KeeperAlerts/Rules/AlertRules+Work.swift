import KeeperCore

extension AlertRules {
    /// One incident for all work that is late: it has one cause nearly always, and whoever looks sees all of it. Its subject is all the
    /// work, late or not, so that a primary keeper and its backup tell of the same.
    func readWork(_ sample: KeeperSample, _ memory: inout AlertMemory, _ reading: inout AlertReading) {
        let now = sample.now
        var late: [(task: String, due: UInt64, since: UInt64)] = []
        memory.tasks = memory.tasks.filter { known in sample.work.contains { $0.task == known.key } }
        for work in sample.work {
            var task = memory.tasks[work.task] ?? .init()
            // Due until it was done, though a new period may have begun meanwhile.
            let isSame = task.doneEpoch == work.doneEpoch
            task.dueSince = work.dueSince.map { isSame ? min($0, task.dueSince ?? $0) : $0 }
            task.doneEpoch = work.doneEpoch
            if work.excuse != nil { task.excused = now }
            memory.tasks[work.task] = task
            guard let due = task.dueSince, work.excuse == nil else { continue }
            // From then on somebody could do it.
            late.append((work.task, due, max(due, task.excused ?? 0)))
        }
        guard let since = late.map(\.since).min(), let due = late.map(\.due).min() else { return }
        let subject = Set(sample.work.map(\.task)).sorted().joined(separator: "+")
        let names = late.map(\.task).sorted().joined(separator: ", ")
        let open = Set(reading.conditions.map(\.kind.rawValue)).sorted().joined(separator: ", ")
        let text = "\(names): due since \(UTC.instant(due)) and not done" + (open.isEmpty ? "" : "; besides: \(open)")
        let causes = reading.conditions.map { "\($0.kind.rawValue): \($0.text)" }
        reading.add(AlertCondition(.late, subject: subject, text, details: causes, since: since))
    }
}
