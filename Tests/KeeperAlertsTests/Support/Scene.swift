import EthPrimitives
import KeeperAlerts
import KeeperCore
import KeeperTransactions

/// A keeper that stands well, on a chain with a block every twelve seconds; tests change what they are about.
struct Scene {
    /// 2026-01-29 15:00:00Z, when a slot begins.
    static let start: UInt64 = 1_769_698_800
    static let tasks = ["PIP_ETH", "PIP_SKY"]
    static let settings = AlertSettings(
        keeper: "poker-a", chain: 1, account: Address(lowBytesOf: Keccak256.hash("account")), nodes: ["own", "hosted"])
    static let key = "task/1/PIP_ETH+PIP_SKY/late"

    /// Seconds since the start.
    var time: UInt64
    /// Another branch of the chain: other hashes.
    var branch = 0

    var now: UInt64 { Self.start + time }

    static func hash(_ number: UInt64, branch: Int = 0) -> BlockHash { Keccak256.hash("\(number)/\(branch)") }

    var head: AlertEvidence {
        let number = 1000 + time / 12
        return AlertEvidence(number: number, hash: Self.hash(number, branch: branch))
    }

    func sample(_ change: (inout KeeperSample) -> Void = { _ in }) -> KeeperSample {
        var sample = KeeperSample(now: now)
        sample.head = .init(number: head.number, hash: head.hash, timestamp: Self.start + time / 12 * 12)
        sample.nodes = [.init(label: "own", problem: nil), .init(label: "hosted", problem: nil)]
        sample.work = Self.tasks.map { .init(task: $0, dueSince: nil, doneEpoch: Self.start - 3600) }
        sample.wallet = .init(balance: .ether(1), reserve: .gwei(10_000_000), costPerDay: .gwei(1_000_000))
        change(&sample)
        return sample
    }

    /// An intent of this keeper.
    static func intent(_ target: String = "PIP_ETH+PIP_SKY", epoch: UInt64 = start) -> IntentID {
        IntentID(keeper: "poker-a", target: target, epoch: epoch)
    }

    /// Work that is due since then, in seconds from the start.
    static func due(_ seconds: UInt64, excuse: String? = nil) -> (inout KeeperSample) -> Void {
        { sample in
            for index in sample.work.indices {
                sample.work[index].dueSince = start + seconds
                sample.work[index].excuse = excuse
            }
        }
    }

    static func done(_ epoch: UInt64) -> (inout KeeperSample) -> Void {
        { sample in
            for index in sample.work.indices { sample.work[index].doneEpoch = epoch }
        }
    }
}
