import KeeperCore

extension KeeperMetrics {
    /// Counts what a loop did.
    func count(_ news: LoopNews) {
        switch news {
        case .alive, .passed: break
        case .blind: add(MetricCatalogue.tickFailures, 1, ["nodes"])
        case .storeFailed: add(MetricCatalogue.tickFailures, 1, ["store"])
        case .reorganised: add(MetricCatalogue.reorganisations)
        case .ticked(let tick, let milliseconds):
            add(MetricCatalogue.ticks)
            observe(MetricCatalogue.tickDuration, Double(milliseconds) / 1000)
            if let reason = tick.decision.notes.first?.code { add(MetricCatalogue.decisions, 1, [reason]) }
            if let verdict = tick.verdict { add(MetricCatalogue.quorum, 1, [verdict.isReached ? "agreed" : "refused"]) }
            for outcome in tick.outcomes { count(outcome) }
        }
    }

    private func count(_ outcome: Outcome) {
        guard let name = outcome.metricName else { return }
        add(MetricCatalogue.outcomes, 1, [name])
        switch outcome {
        case .minedWithEffect(_, let mined), .minedWithoutEffect(_, let mined, _):
            add(MetricCatalogue.gasUsed, mined.gasUsed)
            add(MetricCatalogue.gasLimit, mined.gasLimit)
            add(MetricCatalogue.cost, amount: mined.actual.approximateEther)
        default: break
        }
    }
}
