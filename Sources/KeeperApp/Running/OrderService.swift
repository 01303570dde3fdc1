import EthRPC
import KeeperCore
import KeeperTransactions
import Logging
import ServiceLifecycle

/// Looks every second for requests of operators, and carries them to the transaction manager. A request is answered when it is done: one
/// that a crash comes before is taken again.
struct OrderService: Service {
    let desk: any OrderDesk
    let manager: TransactionManager
    let account: StoreAccount
    let clock: TimeSource
    let logger: Logger
    var time = LoopTime.wall

    private static let interval: UInt64 = 1000

    /// - Throws: `StoreError` that ends the process, `ManagerError`.
    func run() async throws {
        var told: [UInt64: RequestMeaning] = [:]
        while !Task.isShuttingDownGracefully {
            do {
                for (id, request) in try desk.openRequests() { try await take(request, id, &told) }
            } catch let error as StoreError where error.code == .failed {
                logger.error("\(error)")
            } catch let error as ManagerError where error.code == .stopped {
                break
            }
            do { try await time.sleep(Self.interval) } catch { break }
        }
    }

    private func take(_ request: OperatorRequest, _ id: UInt64, _ told: inout [UInt64: RequestMeaning]) async throws {
        let status = manager.status
        // Before the first head nobody knows what time it is.
        guard let head = status.head else { return }
        let now = clock == .chain ? head.timestamp : time.now() / 1000
        // What it meant when it was told: "for two hours" is another time a second later, and would never be seen to be done.
        let meaning = told[id] ?? RequestMeaning(request, status.state, now: now)
        switch meaning {
        case .answered(let answer): try give(answer, to: request, id, at: head)
        case .ordered(let order, let isDone, let text):
            // Told once: where the store is busy, the machine keeps it in mind.
            if told.updateValue(meaning, forKey: id) == nil { try await manager.order(order) }
            guard isDone(manager.status.state) else { return }
            try give(OperatorAnswer(isAccepted: true, text), to: request, id, at: head)
        }
    }

    private func give(_ answer: OperatorAnswer, to request: OperatorRequest, _ id: UInt64, at head: BlockHeader) throws {
        logger.notice("an operator asks: \(request.text): \(answer.text)")
        try desk.answer(
            id, answer, of: account, journal: [JournalRecord.order(request.text, answer: answer.text, at: head)])
    }
}
