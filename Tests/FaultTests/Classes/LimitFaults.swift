import EthRPC
import KeeperTestServer

/// Nodes that want fewer requests, and answers that are too much.
enum LimitFaults {
    static let all: [FaultClass] = [
        FaultClass(
            "429 with Retry-After in seconds",
            .beside(atMost: Calm.pair + 1) { .pair(.tooManyRequests(retryAfter: "30")) }.also(isLeftAlone),
            .alone(.late(.error(.rateLimited(retryAfter: .seconds(7)))), atMost: Calm.alone + 5) {
                waiting(Story.alone(.tooManyRequests(retryAfter: "7")).stepping(Story.healing))
            }),
        FaultClass(
            "429 with Retry-After as a date",
            .beside(atMost: Calm.pair + 1) { .pair(dated("08:50:07")) }.also(isLeftAlone),
            .alone(.late(.error(.rateLimited(retryAfter: .seconds(7)))), atMost: Calm.alone + 5) {
                waiting(Story.alone(dated("08:49:44")).stepping(Story.healing))
            }),
        FaultClass(
            "429 without Retry-After",
            .beside(atMost: Calm.pair + 1) { .pair(.tooManyRequests()) },
            .alone(.late(.error(.rateLimited(retryAfter: nil))), atMost: Calm.alone + 5) {
                Story.alone(.tooManyRequests()).stepping(Story.healing)
            }),
        FaultClass(
            "429 on one read of an operation",
            .alone(.unchanged, atMost: Calm.alone + 1) {
                Story(nodes: [
                    .init(
                        label: "a",
                        faults: { script, _ in
                            script.replying(.tooManyRequests(retryAfter: "3"), toMethod: "eth_getBalance", times: 1)
                        })
                ]).beside { await $0.pass(pausesOf: .seconds(3)) }
            }.called("alone, waits")),
        FaultClass(
            "503 with Retry-After",
            .beside(atMost: Calm.pair + 1) { .pair(.status(503, headers: [("Retry-After", "30")])) }.also(isLeftAlone),
            .alone(.late(.error(.rateLimited(retryAfter: .seconds(7)))), atMost: Calm.alone + 5) {
                waiting(Story.alone(.status(503, headers: [("Retry-After", "7")])).stepping(Story.healing))
            }),
        FaultClass(
            "200 with JSON-RPC error 429",
            .beside(atMost: Calm.pair + 1) { .pair(.refuse(429, "Too Many Requests")) },
            .alone(.late(.node(.rateLimited)), atMost: Calm.alone + 5) {
                waiting(Story.alone(.refuse(429, "Too Many Requests")).stepping(Story.healing), .seconds(1))
            }),
        FaultClass(
            "200 with JSON-RPC error -32005",
            .beside(atMost: Calm.pair + 1) { .pair(.refuse(-32005, "limit exceeded")) },
            .alone(.late(.node(.rateLimited)), atMost: Calm.alone + 5) {
                waiting(Story.alone(.refuse(-32005, "limit exceeded")).stepping(Story.healing), .seconds(1))
            }),
        FaultClass(
            "quota spent",
            .beside(atMost: Calm.pair + 1) { .pair(.refuse(-32005, "daily request count exceeded, request rate limited")) },
            .alone(.late(.node(.quotaExceeded)), atMost: Calm.alone + 5) {
                Story.alone(.refuse(-32005, "daily request count exceeded, request rate limited")).stepping(Story.healing)
            }),
        FaultClass(
            "gzip bomb of 1 GB",
            .beside(atMost: Calm.pair + 6) { .pair(.gzipBomb(unpackedSize: 1 << 30), when: { !$0.isBroadcast }) },
            .alone(.late(.error(.tooLarge)), atMost: Calm.alone + 7) {
                Story.alone(.gzipBomb(unpackedSize: 1 << 30)) { $0.has("eth_getBlockByHash") }.stepping(Story.healing)
            }),
        FaultClass(
            "body of 1 GB",
            .beside(atMost: Calm.pair + 6) { endless(.pair(.endlessBody(size: 1 << 30), when: { !$0.isBroadcast })) }.also(
                isCutShort),
            .alone(.late(.error(.tooLarge)), atMost: Calm.alone + 7) {
                endless(Story.alone(.endlessBody(size: 1 << 30)) { $0.has("eth_getBlockByHash") }.stepping(Story.healing))
            }.also(isCutShort)),
    ]

    /// Too many requests until a time of the day, said by a server whose clock is off.
    private static func dated(_ time: String) -> Reply {
        let day = "Sun, 06 Nov 1994"
        return .status(429, headers: [("Date", "\(day) 08:49:37 GMT"), ("Retry-After", "\(day) \(time) GMT")])
    }

    /// Once it said so, a node is asked nothing before its time; signed bytes are worth the attempt.
    private static let isLeftAlone: @Sendable (Account) -> String? = { account in
        let answered = account.acted[0].count
        let refused = account.requests[0].filter { !$0.isBroadcast }.flatMap(\.calls).count
        return refused - answered <= 1 ? nil : "\(refused - answered) reads of a node that had asked to be left alone"
    }

    /// What comes after the request that was refused waits for as long as the node asked.
    private static func waiting(_ story: Story, _ pause: Duration = .seconds(7)) -> Story {
        story.beside { await $0.pass(pausesOf: pause) }
    }

    private static func endless(_ story: Story) -> Story {
        var story = story
        story.maximumBytes = 4 << 20
        return story
    }

    /// Of each such body no more was taken than what is allowed, 4 MiB, and what sockets hold: Linux lets one grow to 6 MB on the
    /// receiving and 4 MB on the sending side, and a busy machine reads some more until the limit is noticed.
    private static let isCutShort: @Sendable (Account) -> String? = { account in
        let endless = account.requests[0].flatMap(\.calls).count - account.acted[0].count
        let taken = account.bytes[0] >> 20
        return endless > 0 && taken < 32 * endless ? nil : "\(taken) MiB were taken from \(endless) such bodies"
    }
}
