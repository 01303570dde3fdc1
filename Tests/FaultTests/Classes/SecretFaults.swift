import EthCodec
import EthKeystore
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperCore
import KeeperTestServer

@testable import KeeperApp

/// Servers that repeat what they were told in confidence, and keys that are not to be had.
enum SecretFaults {
    static let all: [FaultClass] = [
        FaultClass(
            "URL and headers repeated in errors", .beside(atMost: Calm.pair + 1) { .pair(errors) },
            .alone(.late(.words("<secret>")), atMost: Calm.alone + 5) { Story.alone(errors).stepping(Story.healing) }),
        FaultClass(
            "URL and headers repeated in a page", .beside(atMost: Calm.pair + 1) { .pair(page) },
            .alone(.late(.error(.httpStatus(403))), atMost: Calm.alone + 5) { Story.alone(page).stepping(Story.healing) }),
        FaultClass(
            "URL and headers repeated in results", .beside(atMost: Calm.pair + 1) { .pair(results) },
            .alone(.late(.error(.malformedResult)), atMost: Calm.alone + 5) { Story.alone(results).stepping(Story.healing) }),
        FaultClass(
            "remote signer that repeats URL and headers in its refusal",
            .alone(.late(.words("<secret>")), atMost: Calm.alone + 5) { remote { $0.replying(errors, to: 0) } }),
        FaultClass(
            "remote signer that repeats URL and headers instead of a signature",
            .alone(.late(.words("eth_signTransaction")), atMost: Calm.alone + 5) { remote { $0.replying(results, to: 0) } }),
        FaultClass(
            "remote signer that signs something else",
            .alone(.refused(.words("signed another transaction")), atMost: Calm.alone - 1) {
                var story = Story.odd(.init())
                story.remoteSigner = FaultScript(.signer(Story.key) { $0.nonce += 1 })
                return story
            }),
        FaultClass(
            "key file under another password",
            .alone(.refused(.words("password")), atMost: 0) { keyFile(under: "another password") }.called("ends")),
        FaultClass("key file", .alone(.unchanged, atMost: Calm.alone) { keyFile(under: Canaries.password) }),
    ]

    private static let errors = echoing { told, request in
        let errors = request.calls.map { call in
            JSON.object([
                "jsonrpc": "2.0", "id": .integer(call.id), "error": .object(["code": -32000, "message": .string(told)]),
            ])
        }
        return ("200 OK", JSONWriter.bytes(of: request.isBatch ? .array(errors) : errors.first ?? .null))
    }

    private static let results = echoing { told, request in
        let results = request.calls.map { call in
            JSON.object(["jsonrpc": "2.0", "id": .integer(call.id), "result": .string(told)])
        }
        return ("200 OK", JSONWriter.bytes(of: request.isBatch ? .array(results) : results.first ?? .null))
    }

    private static let page = echoing { told, _ in ("403 Forbidden", Array("<html><body>\(told)</body></html>".utf8)) }

    /// A server that tells what it was told.
    private static func echoing(
        _ answer: @escaping @Sendable (_ told: String, ServerRequest) -> (status: String, body: [UInt8])
    ) -> Reply {
        Reply([
            .look { request in
                let told = request.line + " " + request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
                let (status, body) = answer(told, request)
                let head = "HTTP/1.1 \(status)\r\nContent-Type: text/html\r\nContent-Length: \(body.count)\r\n\r\n"
                return [.bytes(Array(head.utf8) + body)]
            }
        ])
    }

    private static func remote(_ faults: (FaultScript) -> FaultScript) -> Story {
        var story = Story.odd(.init()).stepping([Story.due, Story.next, Story.next, Story.next, Story.next])
        story.remoteSigner = faults(FaultScript(.signer(Story.key)))
        return story
    }

    /// As the configuration reads it; the files are elsewhere than what the keeper writes.
    private static func keyFile(under password: String) -> Story {
        var story = Story.odd(.init())
        story.signer = {
            let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: folder) }  // left for the system to clear
            let file = try KeystoreV3(encrypting: Story.key, password: Password(SecretText(password)), strength: .light)
            func write(_ name: String, _ text: String) throws -> ConfigFile {
                let place = folder.appending(path: name)
                try text.write(to: place, atomically: true, encoding: .utf8)
                return ConfigFile(key: "signer.\(name)", origin: "the story", raw: SecretText(place.path))
            }
            return try SignerConfiguration.keystore(
                try write("keystoreFile", file.json.description), password: try write("passwordFile", Canaries.password)
            ).signer()
        }
        return story
    }
}
