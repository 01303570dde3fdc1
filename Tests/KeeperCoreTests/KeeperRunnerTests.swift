import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import KeeperTesting
import Logging
import Synchronization
import Testing

@testable import KeeperCore

@Suite("Runner")
struct KeeperRunnerTests {
    /// Wants one transaction at every head; its snapshot is the balance.
    private struct Wanting: Keeper {
        func observe(_ head: BlockHeader, through provider: Provider) async throws -> UInt64 {
            #expect(RecordingScope.head == head)
            return try await provider.nonce(of: .zero, at: .hash(head.hash))
        }

        func decide(_ snapshot: UInt64, _ memory: inout NoMemory) -> Decision {
            Decision(actions: [.transact(SampleIntent.intent(epoch: snapshot))], notes: [Note("wanted", "because")])
        }

        func nextWake(after head: BlockHeader) -> UInt64 { 0 }
    }

    /// Looks into the journal at the moment of execution.
    private final class Watching: ActionExecutor {
        let journal: Journal
        let seen = Mutex<[Int]>([])
        init(_ journal: Journal) { self.journal = journal }

        func execute(_ action: Action, at head: BlockHeader) async -> Outcome {
            seen.withLock { $0.append(journal.count) }
            return .noted
        }
    }

    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("the decision is written down before anything is executed")
    func order() async throws {
        let node = ScriptedTransport()
        node.answer("eth_getTransactionCount", with: "0x7")
        let journal = Journal()
        let executor = Watching(journal)
        let runner = KeeperRunner(Wanting(), provider: Provider(node), executor: executor, journal: journal, logger: logger)
        var memory = NoMemory()
        let tick = try await runner.tick(at: FakeChain.head(1), memory: &memory)
        #expect(executor.seen.withLock { $0 } == [1])
        #expect(tick.decision.notes.first?.code == "wanted" && tick.snapshot == 7 && tick.outcomes == [.noted])
        #expect(journal.count == 1)
    }

    @Test("without usable answers nothing is decided and nothing executed")
    func noAnswer() async throws {
        let node = ScriptedTransport()
        node.failNext(RPCError(.timeout, "no answer"))
        let journal = Journal()
        let executor = Watching(journal)
        let runner = KeeperRunner(Wanting(), provider: Provider(node), executor: executor, journal: journal, logger: logger)
        await #expect(throws: RPCError.self) {
            var memory = NoMemory()
            _ = try await runner.tick(at: FakeChain.head(1), memory: &memory)
        }
        #expect(executor.seen.withLock { $0 }.isEmpty && journal.count == 0)
    }

}
