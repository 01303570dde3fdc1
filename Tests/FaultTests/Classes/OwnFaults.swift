import EthPrimitives
import EthRPC
import EthTransactions
import EthCrypto
import KeeperCore
import KeeperTesting
import Foundation
import Synchronization

/// What fails beside the nodes.
enum OwnFaults {
    static let all: [FaultClass] = [
        FaultClass(
            "disk full under the decision log",
            .beside(.refused(.words("cannot write the decision log")), atMost: 5) {
                var story = Story.odd(.init())
                story.journal = { _ in try FullDisk.journal() }
                return story
            }.called("ends")),
        FaultClass(
            "second instance on the same decision log",
            .beside(.refused(.words("another process keeps the decision log")), atMost: 0) {
                var story = Story.odd(.init())
                story.journal = { folder in
                    let path = folder + "/journal"
                    let first = try Journal(path: path)
                    return try withExtendedLifetime(first) { try Journal(path: path) }
                }
                return story
            }.called("ends")),
        FaultClass(
            "signer down, then up",
            .alone(.late(.words("the signer does not answer")), atMost: Calm.alone + 5) {
                var story = Story.odd(.init()).stepping([Story.due, Story.next, Story.next, Story.next, Story.next])
                let signer = Failing(failures: 1)
                story.signer = { signer }
                return story
            }),
        FaultClass(
            "signer silent, then quick",
            .alone(.late(.words("the signer gave no signature within 10.0 seconds")), atMost: Calm.alone + 5) {
                let (asked, tell) = AsyncStream.makeStream(of: Void.self)
                var story = Story.odd(.init()).stepping([Story.due, Story.next, Story.next, Story.next, Story.next])
                let signer = Silent { tell.yield() }
                story.signer = { signer }
                return story.beside { stage in
                    for await _ in asked { stage.clock.advance(by: .seconds(10)) }
                }
            }),
    ]

    /// A signer that never answers the first time, and answers afterwards.
    private final class Silent: Signer {
        private let base = LocalSigner(Story.key)
        private let isFirst = Mutex(true)
        private let tell: @Sendable () -> Void
        init(_ tell: @escaping @Sendable () -> Void) { self.tell = tell }

        var address: Address { base.address }

        func sign(_ request: SigningRequest) async throws -> Signature {
            let isFirst = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if isFirst {
                tell()
                try await MockClock().sleep(until: .init(offset: .seconds(1)))
            }
            return try await base.sign(request)
        }
    }

    /// A signer that fails first and then signs.
    private final class Failing: Signer {
        struct Down: Error, CustomStringConvertible {
            var description: String { "the signer does not answer" }
        }

        private let base = LocalSigner(Story.key)
        private let left: Mutex<Int>
        init(failures: Int) { left = Mutex(failures) }

        var address: Address { base.address }

        func sign(_ request: SigningRequest) async throws -> Signature {
            let fails = left.withLock { left in
                left -= 1
                return left >= 0
            }
            if fails { throw Down() }
            return try await base.sign(request)
        }
    }
}
