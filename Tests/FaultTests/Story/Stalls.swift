import EthRPC
import KeeperTestServer
import KeeperTesting

/// Requests that hang or crawl, told to whoever moves the time.
struct Stalls: Sendable {
    private struct Stall: Sendable {
        var request: ServerRequest
        /// Lets single bytes pass; `nil` for one that hangs.
        var gate: Gate?
    }

    private let stream: AsyncStream<Stall>
    private let continuation: AsyncStream<Stall>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    /// The server tells of the request, and hangs.
    var hanging: [Step] {
        [
            .look { [continuation] request in
                continuation.yield(Stall(request: request, gate: nil))
                return []
            }, .hang,
        ]
    }

    /// The server tells of the request, and answers byte by byte.
    func crawling(_ reply: @escaping @Sendable (Gate) -> Reply) -> Reply {
        Reply([
            .look { [continuation] request in
                let gate = Gate()
                continuation.yield(Stall(request: request, gate: gate))
                return reply(gate).steps
            }
        ])
    }

    /// Lets each of them cost what it may: an attempt, in which a byte a second comes; a broadcast that another node has answered,
    /// the grace.
    func expire(on stage: Stage) async throws {
        let attempt = stage.settings.attemptTimeout
        for await stall in stream {
            if let gate = stall.gate {
                for second in 1...Int(attempt.components.seconds) {
                    try await gate.reached(times: second)
                    gate.admit()
                    stage.clock.advance(by: .seconds(1))
                }
            } else if stall.request.isBroadcast, stage.nodes.count > 1 {
                await stage.sleeper(Stage.grace)
                stage.clock.advance(by: Stage.grace)
            } else {
                stage.clock.advance(by: attempt)
            }
        }
    }
}

extension Stage {
    /// Waits until somebody sleeps for so long from now on.
    func sleeper(_ pause: Duration) async {
        while await clock.nextSleeper().offset != clock.now.offset + pause {}
    }

    /// Lets pauses of this length pass as they come.
    func pass(pausesOf pause: Duration) async {
        while !Task.isCancelled {
            await sleeper(pause)
            clock.advance(by: pause)
        }
    }
}
