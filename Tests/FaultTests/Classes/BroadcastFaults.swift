import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTestServer

/// Signed bytes that are lost, refused, known, or taken without a word. Their hash is watched from before the first byte is sent, and
/// no node gets them twice unless a policy says that they waited long enough.
enum BroadcastFaults {
    static let all: [FaultClass] = [
        lost("accepted, then the connection is closed without a reply", .actThenLoseReply, .connectionLost),
        lost("accepted, then the connection is reset", .actThenReset, .connectionLost),
        lost("accepted, then the reply is cut off", .resetInBody, .connectionLost),
        FaultClass(
            "accepted, then silence",
            .beside(atMost: Calm.pair) {
                let stalls = Stalls()
                return Story.pair(silence(stalls), when: \.isBroadcast).beside { try await stalls.expire(on: $0) }
            }.also(reachesBoth),
            .alone(.watched(.words("no complete answer within")), atMost: Calm.alone) {
                let stalls = Stalls()
                return Story.alone(silence(stalls), when: \.isBroadcast).beside { try await stalls.expire(on: $0) }
            }),
        FaultClass(
            "accepted, the reply is lost, and another node says \"already known\"",
            .beside(atMost: Calm.pair + 1) {
                var story = Story.pair(.actThenLoseReply, when: \.isBroadcast)
                story.nodes[1].oddities.refusal = (.init(-32000, "already known"), takes: true)
                return story
            }.also { account in
                account.requests[1].contains { $0.has("eth_getTransactionByHash") } ? nil : "the second node was not asked for it"
            }.also(isAccepted)),
        FaultClass(
            "already known, and it is ours",
            .alone(.unchanged, atMost: Calm.alone + 1) { .odd(.init(refusal: (.init(-32010, "AlreadyKnown"), takes: true))) }
                .also(isAccepted)),
        FaultClass(
            "already known, and it is not ours",
            .beside(atMost: Calm.pair + 1) { .odd(.init(refusal: (.init(-32000, "already known"), takes: false)), .init()) },
            .alone(.told(.words("already known")), atMost: 73) {
                Story.odd(.init(refusal: (.init(-32000, "already known"), takes: false))).stepping(recovering)
            }.also(staysWithItsNonce)),
        FaultClass(
            "taken, and refused with an internal error",
            .alone(.watched(.words("internal error")), atMost: Calm.alone) {
                .odd(.init(refusal: (.init(-32603, "internal error"), takes: true)))
            }),
        FaultClass(
            "named by another hash",
            .beside(atMost: Calm.pair) { .odd(.init(misnames: true), .init()) },
            .alone(.watched(.words("names another hash")), atMost: Calm.alone) { .odd(.init(misnames: true)) }),
        FaultClass(
            "pool full",
            .beside(atMost: Calm.pair) { .odd(.init(refusal: (.init(-32000, "txpool is full"), takes: false)), .init()) },
            .alone(.told(.words("txpool is full")), atMost: 70) {
                Story.odd(.init(refusal: (.init(-32000, "txpool is full"), takes: false))).stepping(recovering)
            }.also(staysWithItsNonce)),
        wordings("nonce too high", NonceWordings.tooHigh),
        wordings("underpriced", NonceWordings.underpriced),
        wordings("replacement underpriced", NonceWordings.replacement),
    ]

    /// The node says no until the bytes have waited long enough to be replaced.
    static let recovering: [Story.Step] = [
        Story.due, Story.next, Story.next, Story.next,
        { stage in
            stage.nodes[0].change { $0.refusal = nil }
            stage.world.mine()
        }, Story.next, Story.next, Story.next, Story.next, Story.next, Story.next, Story.next,
    ]

    private static func silence(_ stalls: Stalls) -> Reply { Reply([.act { _, _ in stalls.hanging }]) }

    private static func lost(_ name: String, _ reply: Reply, _ code: RPCError.Code) -> FaultClass {
        FaultClass(
            name, .beside(atMost: Calm.pair) { .pair(reply, when: \.isBroadcast) }.also(reachesBoth),
            .alone(.watched(.words("no usable answer")), atMost: Calm.alone) { .alone(reply, when: \.isBroadcast) }
                .also { $0.acted[0].contains { $0.method == "eth_sendRawTransaction" } ? nil : "the node did not act" })
    }

    /// The first node refuses in the words of each client; the second takes the bytes.
    private static func wordings(_ name: String, _ wordings: [NonceWordings.Wording]) -> FaultClass {
        var faultClass = FaultClass("\(name), \(wordings.count) wordings")
        faultClass.acts = wordings.map { wording in
            .beside(atMost: Calm.pair) { .odd(.init(refusal: (wording.refusal, takes: false)), .init()) }.also { account in
                wording.problem ?? (account.isTold(wording.refusal.message) ? nil : "nobody was told of \(wording)")
            }
        }
        return faultClass
    }

    static let staysWithItsNonce: @Sendable (Account) -> String? = { account in
        let nonces = Set(account.sent.compactMap { account.nonce(of: $0) })
        return nonces == [ChainWorld.firstNonce] ? nil : "nonces \(nonces.sorted())"
    }

    private static let reachesBoth: @Sendable (Account) -> String? = { account in
        account.sends.map(\.count) == [1, 1] ? nil : "sent \(account.sends.map(\.count)) times"
    }

    private static let isAccepted: @Sendable (Account) -> String? = { account in
        let isAccepted = account.notices.contains { if case .broadcast(_, true, _) = $0 { true } else { false } }
        return isAccepted ? nil : "the pool does not know that it is accepted"
    }
}

extension Account {
    /// Whether the broadcast's report has these words.
    func isTold(_ words: String) -> Bool {
        notices.contains { if case .broadcast(_, _, let outcomes) = $0 { outcomes.contains(words) } else { false } }
    }

    /// The nonce of bytes that arrived somewhere.
    func nonce(of hash: TransactionHash) -> Nonce? {
        for call in requests.joined().flatMap(\.calls) where call.method == "eth_sendRawTransaction" {
            // Bytes that are no transaction have no nonce.
            guard let raw = try? Hex.decode(call.params.first?.string ?? ""), Keccak256.hash(raw) == hash,
                case .feeMarket(let signed)? = try? TransactionEnvelope(decoding: raw)
            else { continue }
            return signed.transaction.nonce
        }
        return nil
    }
}
