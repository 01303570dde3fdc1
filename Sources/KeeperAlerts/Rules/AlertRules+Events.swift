import KeeperCore
import KeeperTransactions

extension AlertRules {
    /// What happened since the sample before, and what ends what happened earlier.
    func remember(_ sample: KeeperSample, _ memory: inout AlertMemory, _ reading: inout AlertReading) {
        let now = sample.now
        for event in sample.events {
            switch event {
            case .effectMissing(let id, let hash, let text):
                keep(happening(.effectMissing, "\(id)/\(hash)", "\(id): \(text) (\(hash))", id, now), &memory)
            case .triesUsed(let id):
                keep(happening(.effectMissing, "\(id)", "\(TransactionAlert.triesUsed(id).text)", id, now), &memory)
            case .foreign(let nonce, let hash):
                if let index = memory.foreign.firstIndex(where: { $0.nonce == nonce }) {
                    memory.foreign[index].hash = hash ?? memory.foreign[index].hash
                } else {
                    memory.foreign.append(.init(nonce: nonce, hash: hash, since: now))
                    memory.foreign.removeFirst(max(0, memory.foreign.count - AlertMemory.most))
                }
            case .actedAsBackup(let epoch): act(epoch, now, &memory)
            case .reorganisation(let depth, let abandoned):
                reading.abandoned.formUnion(abandoned)
                guard depth > settings.finality else { continue }
                let text = "a reorganisation of \(depth) blocks: transactions count as final after \(settings.finality)"
                keep(
                    .init(kind: .deepReorganisation, id: "\(depth)", text: text, since: now, epoch: nil, tasks: []), &memory)
            }
        }
        memory.happenings.removeAll { $0.since + lifetime($0.kind) <= now }
        memory.foreign.removeAll { $0.since + Self.longestHappening <= now }
    }

    /// What happened and is not over yet.
    func readHappenings(_ sample: KeeperSample, _ memory: inout AlertMemory, _ reading: inout AlertReading) {
        memory.happenings.removeAll { isOver($0, sample.work) }
        for happening in memory.happenings {
            reading.add(AlertCondition(happening.kind, happening.text, since: happening.since))
        }
        readForeign(memory, &reading)
        readActs(sample, &memory, &reading)
    }

    private func lifetime(_ kind: AlertKind) -> UInt64 {
        kind == .deepReorganisation ? Self.longestReorganisation : Self.longestHappening
    }

    private func happening(
        _ kind: AlertKind, _ id: String, _ text: String, _ intent: IntentID, _ now: UInt64
    ) -> AlertMemory.Happening {
        .init(
            kind: kind, id: id, text: text, since: now, epoch: intent.epoch,
            tasks: intent.target.split(separator: "+").map(String.init))
    }

    private func keep(_ happening: AlertMemory.Happening, _ memory: inout AlertMemory) {
        guard !memory.happenings.contains(where: { $0.kind == happening.kind && $0.id == happening.id }) else { return }
        memory.happenings.append(happening)
        memory.happenings.removeFirst(max(0, memory.happenings.count - AlertMemory.most))
    }

    /// A later period of the same work was done; of all work, where its name says none. Work that nobody can do proves nothing.
    private func isOver(_ happening: AlertMemory.Happening, _ work: [KeeperSample.Work]) -> Bool {
        guard let epoch = happening.epoch else { return false }
        let same = work.filter { happening.tasks.contains($0.task) }
        let asked = (same.isEmpty ? work : same).filter { $0.excuse == nil }
        return !asked.isEmpty && asked.allSatisfy { ($0.doneEpoch ?? 0) > epoch }
    }

    // MARK: - Somebody else's transactions

    private func readForeign(_ memory: AlertMemory, _ reading: inout AlertReading) {
        guard let first = memory.foreign.map(\.since).min() else { return }
        let isCertain = memory.foreign.contains { $0.hash != nil }
        let texts = memory.foreign.map { TransactionAlert.foreign(nonce: $0.nonce, $0.hash).text }
        reading.add(
            AlertCondition(
                .foreignTransaction, texts.last ?? "", details: texts.dropLast().reversed(), since: first,
                floor: isCertain ? .page : nil))
    }

    // MARK: - Acts of a backup

    private func act(_ epoch: UInt64, _ now: UInt64, _ memory: inout AlertMemory) {
        var acts = memory.acts ?? .init(since: now, epochs: [])
        guard !acts.epochs.contains(epoch) else { return }
        // Somebody else acted between: the row begins anew.
        if let last = acts.epochs.last, acts.others.contains(where: { $0 > last && $0 < epoch }) {
            acts = .init(since: now, epochs: [])
        }
        acts.epochs = (acts.epochs + [epoch]).sorted().suffix(AlertMemory.most)
        // A period that looked as if others had acted in it, until our own act was final.
        acts.others.removeAll { $0 <= epoch }
        memory.acts = acts
    }

    /// A backup acts where its primary does not. It is over when a later period was done without it; since its own acts are known only
    /// when they are final, the policy waits before it believes that.
    private func readActs(_ sample: KeeperSample, _ memory: inout AlertMemory, _ reading: inout AlertReading) {
        guard var acts = memory.acts, let last = acts.epochs.last else { return }
        let done = sample.work.compactMap(\.doneEpoch).max() ?? 0
        if done > last, !acts.others.contains(done) {
            acts.others = (acts.others + [done]).sorted().suffix(AlertMemory.most)
        }
        memory.acts = acts
        guard acts.others.isEmpty else { return }
        let times = acts.epochs.map { UTC.instant($0) }
        let text =
            times.count == 1
            ? "this backup did the work of \(times[0]): the primary keeper did not"
            : "this backup did the work of \(times.count) periods in a row, the last of them \(times[times.count - 1])"
        reading.add(
            AlertCondition(.backupActed, text, since: acts.since, floor: times.count > 1 ? .page : nil))
    }
}
