import EthPrimitives
import EthRPC
import EthTransports
public import Foundation
import KeeperCore
import Synchronization
import TestSupport

/// Uses a pool of three nodes at a rate, for a time, and looks at what that does to the process.
public struct SoakRun: Sendable {
    public var plan: SoakPlan
    /// The program that serves the nodes when it is told to.
    public var program: URL
    /// Told each second how far the run is.
    public var progress: @Sendable (_ line: String) -> Void = { _ in }

    public init(_ plan: SoakPlan, program: URL) {
        self.plan = plan
        self.program = program
    }

    /// Beyond its time an operation may need so long to be noticed on a machine that has other work.
    private static let slack = Duration.seconds(2)

    private final class Book: Sendable { let tally = Mutex(SoakTally()) }

    /// - Throws: `ServerProcess.Failure`, errors of the file system.
    public func run() async throws -> SoakReport {
        let servers = try ServerProcess(program: program, seed: plan.seed)
        let (pool, heads) = try nodes(servers.ports)
        let book = Book()
        let head = try await firstHead(pool)
        let start = ContinuousClock.now
        let listening = Task { await listen(heads, pool, book) }
        let sampling = Task { try await sample(book, since: start) }
        try await use(pool, at: head, book, since: start)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        // What never ends is counted, not waited for.
        let end = ContinuousClock.now + plan.timeout + Self.slack
        while book.tally.withLock({ $0.inFlight }) > 0, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(50)) }
        listening.cancel()
        sampling.cancel()
        let samples = await sampling.result
        let served = try servers.stop()
        return SoakReport(
            plan: plan, tally: book.tally.withLock { $0 }, samples: try samples.get(), served: served, seconds: seconds)
    }

    /// The first two nodes over HTTP, the third over a WebSocket, which also pushes heads.
    private func nodes(_ ports: [Int]) throws -> (NodePool, FallbackHeads) {
        var members: [PoolNode] = []
        for (label, port) in zip(["first", "second"], ports) {
            let endpoint = try Endpoint(label: label, url: SecretText("http://127.0.0.1:\(port)"))
            members.append(
                PoolNode(label, BatchSplittingTransport(try HTTPTransport(endpoint, limits: .init(timeout: plan.attemptTimeout))))
            )
        }
        var limits = WebSocketTransport.Limits()
        limits.timeout = plan.attemptTimeout
        let socket = try WebSocketTransport(
            Endpoint(label: "socket", url: SecretText("ws://127.0.0.1:\(ports[2])")), limits: limits)
        members.append(PoolNode("socket", BatchSplittingTransport(socket)))
        let settings = PoolSettings(
            timeout: plan.timeout, attemptTimeout: plan.attemptTimeout, coolDown: .seconds(5), surveyInterval: .seconds(10))
        let pool = NodePool(members, chainID: ChainID(SoakNode.chainID), settings: settings)
        let polled = PollingHeads(
            poll: { _ in try await pool.newestHead() }, wait: { _ in try await Task.sleep(for: .seconds(1)) })
        let heads = FallbackHeads(SubscribedHeads(socket), else: polled, silence: .seconds(5)) {
            // Cancelled: heads are not wanted any more.
            try? await Task.sleep(for: .seconds(1_000_000))
        }
        return (pool, heads)
    }

    /// The servers are there; what they do to the first requests is a fault like any other.
    private func firstHead(_ pool: NodePool) async throws -> BlockHeader {
        while true {
            do { return try await pool.newestHead(everybody: true) } catch is RPCError {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func listen(_ heads: FallbackHeads, _ pool: NodePool, _ book: Book) async {
        var feed = HeadFeed(heads, provider: Provider(pool))
        while !Task.isCancelled {
            do {
                let news = try await feed.next(reach: 16)
                book.tally.withLock { tally in
                    tally.heads += 1
                    if news.jumpedFrom != nil { tally.jumps += 1 }
                }
            } catch {
                // The loop of a keeper waits a second before it goes on; cancelled, it ends by itself.
                try? await Task.sleep(for: .seconds(1))  // see above
            }
        }
    }

    /// Begins operations at their times, however long those before them take.
    private func use(_ pool: NodePool, at head: BlockHeader, _ book: Book, since start: ContinuousClock.Instant) async throws {
        var random = SeededRandom(plan.seed)
        let total = Int(plan.seconds * Double(plan.rate))
        for number in 0..<total {
            let due = start + .seconds(Double(number) / Double(plan.rate))
            if due > .now { try await Task.sleep(until: due) }
            let operation = SoakOperation(using: &random)
            book.tally.withLock { $0.begun += 1 }
            Task { await perform(operation, pool, at: head, book) }
        }
    }

    private func perform(_ operation: SoakOperation, _ pool: NodePool, at head: BlockHeader, _ book: Book) async {
        let begun = ContinuousClock.now
        let result: Result<Bool, any Error>
        do { result = .success(try await operation.run(pool, at: head)) } catch { result = .failure(error) }
        book.tally.withLock { $0.end(result, in: .now - begun, allowed: plan.timeout + Self.slack) }
    }

    private func sample(_ book: Book, since start: ContinuousClock.Instant) async throws -> [ProcessSample] {
        var samples: [ProcessSample] = []
        // Short runs are looked at more often.
        let pause = Duration.milliseconds(plan.isLong ? 1000 : 100)
        while !Task.isCancelled {
            let time = (ContinuousClock.now - start) / .seconds(1)
            let tally = book.tally.withLock { $0 }
            let sample = try ProcessSample.now(time: time, inFlight: tally.inFlight)
            samples.append(sample)
            progress(
                "\(Int(time)) of \(Int(plan.seconds)) s: \(SoakText.grouped(tally.ended)) operations, \(tally.failed) failed, "
                    + "\(tally.inFlight) under way, \(SoakText.mebibytes(sample.residentKiB)), \(sample.descriptors) descriptors")
            // Cancelled: the loop ends by itself.
            try? await Task.sleep(for: pause)  // see above
        }
        return samples
    }
}
