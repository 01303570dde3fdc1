import EthPrimitives
import KeeperCore
import KeeperTransactions

extension AlertRules {
    /// What concerns the account: its transactions and what it can pay.
    func readAccount(_ sample: KeeperSample, _ memory: inout AlertMemory, _ reading: inout AlertReading) {
        for trouble in sample.troubles {
            switch trouble.kind {
            case .account: reading.add(AlertCondition(.accountUnknown, trouble.text, since: trouble.since))
            case .chainUndone: reading.add(AlertCondition(.chainUndone, trouble.text, since: trouble.since))
            case .feeCap: reading.add(AlertCondition(.feeCap, trouble.text, since: trouble.since))
            case .store, .signer, .records, .wallet: continue
            }
        }
        if reading.conditions.contains(where: { $0.kind == .feeCap }) { memory.feeCap = sample.now }
        readStuck(sample, memory, &reading)
        readRunway(sample, &memory, &reading)
    }

    /// One incident, however many wait: those behind the lowest nonce wait for it. The base fee being above the caps explains all of it.
    private func readStuck(_ sample: KeeperSample, _ memory: AlertMemory, _ reading: inout AlertReading) {
        let waiting = sample.inFlight.filter { !$0.isMined }.sorted { $0.nonce < $1.nonce }
        guard memory.feeCap != sample.now, let first = waiting.first else { return }
        let since = max(first.since, memory.feeCap ?? 0)
        let wish = first.intent.map { " for \($0)" } ?? ""
        let text = "nonce \(first.nonce)\(wish) waits to be mined since \(UTC.instant(first.since)) (\(first.hash))"
        let others = waiting.count > 1 ? ["\(waiting.count - 1) more wait behind it"] : []
        reading.add(AlertCondition(.stuckTransaction, text, details: others, since: since))
    }

    /// Low below the limit, until it is a tenth above it: what transactions cost moves by the hour.
    private func readRunway(_ sample: KeeperSample, _ memory: inout AlertMemory, _ reading: inout AlertReading) {
        let troubles = sample.troubles.filter { $0.kind == .wallet }
        if let wallet = sample.wallet {
            let lasts = Self.runway(wallet)
            let limit = memory.isLow ? settings.runwayBelow + settings.runwayBelow / 10 : settings.runwayBelow
            let isEmpty = wallet.balance < wallet.reserve
            memory.isLow = isEmpty || (lasts ?? .max) < limit
            if memory.isLow {
                let day = lasts.map { "lasts for \(AlertText.duration($0))" } ?? "lasts for an unknown time"
                let reserve = isEmpty ? ", less than the \(wallet.reserve) that one transaction reserves" : ""
                reading.add(
                    AlertCondition(
                        .runway, "the wallet holds \(wallet.balance)\(reserve), and \(day)",
                        floor: isEmpty || (lasts ?? .max) < 86_400 ? .page : nil, stopsWork: isEmpty, evidence: reading.head))
            }
        }
        for trouble in troubles {
            reading.add(AlertCondition(.runway, trouble.text, since: trouble.since, floor: .page, stopsWork: true))
        }
    }

    /// Seconds that a balance lasts; `nil` while nothing is known of costs, or there are none.
    static func runway(_ wallet: KeeperSample.Wallet) -> UInt64? {
        guard let cost = wallet.costPerDay, cost > .zero else { return nil }
        let (scaled, overflow) = wallet.balance.rawValue.multipliedReportingOverflow(by: 86_400)
        guard !overflow else { return .max }
        return UInt64(clamping: scaled / cost.rawValue)
    }
}
