import EthCodec
import EthRPC
import KeeperTestServer
import Synchronization

/// A server that lets in who has the token, and repeats to the others all that it was told in confidence, today and before.
final class TokenDoor: Sendable {
    private let token: Mutex<String>
    /// All that it was told so far.
    private let told = Mutex<[String]>([])

    init(_ token: String) { self.token = Mutex(token) }

    /// From now on another token counts.
    func change(to other: String) { token.withLock { $0 = other } }

    /// - Parameter header: where the token is looked for.
    func script(header: String = "authorization", prefix: String = "Bearer ", _ node: TestNode = .echo) -> FaultScript {
        let isRefused: @Sendable (ServerRequest) -> Bool = { [self] request in
            request.kind != .webSocket && request.values(of: header) != [prefix + token.withLock { $0 }]
        }
        return FaultScript(node).replying(
            Reply([
                .look { [self] request in
                    let all = told.withLock { told in
                        // Without the word before it: behind that, everything is taken for a secret.
                        let token = request.values(of: header).joined().split(separator: " ").last.map(String.init) ?? ""
                        if !told.contains(token) { told.append(token) }
                        return told
                    }
                    let told = "go away: " + all.joined(separator: " and ")
                    let body = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"\#(told)"}}"#
                    return [
                        .bytes(
                            Array(
                                "HTTP/1.1 401 No\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                                    .utf8))
                    ]
                }
            ]), when: isRefused)
    }
}
