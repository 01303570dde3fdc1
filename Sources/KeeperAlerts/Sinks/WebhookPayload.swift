internal import Crypto
import EthCodec
import EthPrimitives
import KeeperCore

/// Our own JSON over HTTP, for receivers that teams write themselves.
///
///     POST /path
///     Content-Type: application/json
///     Idempotency-Key: 66f0a1b2-17.66f0a1b2.23
///     X-KeeperKit-Signature: t=1769698811,v1=4f1c…
///
///     {"version":1, "id":"66f0a1b2-17.66f0a1b2.23", "change":"opened", "incident":"66f0a1b2-17", "key":"task/1/PIP_ETH/late",
///      "sequence":17, "kind":"late", "subject":"PIP_ETH", "severity":"page", "previous":"urgent", "summary":"…", "details":["…"],
///      "keeper":"poker-mainnet", "labels":{"chain":"1","task":"PIP_ETH"}, "since":1769697011, "at":1769698811, "runbook":"…/late.md"}
///
/// * `change` is `opened`, `escalated`, `resolved` or `retracted` (over since the block it was seen in left the chain). Per `incident`
///   they come in this order; at most one end comes, and none without the opening.
/// * `id` and `Idempotency-Key` are the same for every try of a delivery, and of no other delivery: a receiver that forgets those it
///   answered with 2xx less than a day ago may see one twice.
/// * `key` is the same for the next incident of the same thing, and for all keepers that share it.
/// * `severity` is `info`, `notify`, `urgent`, `page` or `critical`; `previous`, what this receiver knew before, may be absent.
/// * Times are unix seconds.
/// * The signature is the HMAC-SHA-256 of `t`, a dot and the body's bytes, in hexadecimal, under the shared key. `t` is the time of the
///   try: receivers refuse one that is more than five minutes away, so that nothing can be replayed.
enum WebhookPayload {
    static func request(_ delivery: AlertDelivery, url: SecretText, key: SecretText?, at now: UInt64) -> AlertRequest {
        let body = body(delivery)
        var headers = [AlertRequest.Header("Idempotency-Key", delivery.id)]
        if let key { headers.append(.init("X-KeeperKit-Signature", "t=\(now),v1=\(signature(body, key, at: now))")) }
        return AlertRequest(url: url, headers: headers, body: body)
    }

    static func body(_ delivery: AlertDelivery) -> [UInt8] {
        let notice = delivery.notice
        return JSONWriter.bytes(
            of: .object([
                "version": 1, "id": .string(delivery.id), "change": .string(notice.change.rawValue),
                "incident": .string(notice.incident), "key": .string(notice.key), "sequence": .integer(notice.sequence),
                "kind": .string(notice.kind.rawValue), "subject": .string(notice.subject),
                "severity": .string(notice.severity.rawValue),
                "previous": delivery.previous.map { .string($0.rawValue) },
                "summary": .string(notice.summary), "details": .array(notice.details.map(JSON.string)),
                "keeper": .string(notice.keeper),
                "labels": .object(notice.labels.map { JSON.Member($0.name, .string($0.value)) }),
                "since": .integer(notice.since), "at": .integer(notice.at), "runbook": .string(notice.runbook),
            ]))
    }

    static func signature(_ body: [UInt8], _ key: SecretText, at now: UInt64) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("\(now).".utf8) + body, using: SymmetricKey(data: Array(key.reveal().utf8)))
        return Hex.encodeUnprefixed(Array(code))
    }
}
