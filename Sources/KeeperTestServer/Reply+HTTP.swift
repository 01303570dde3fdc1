import EthCodec
import EthRPC

/// Faults of HTTP.
extension Reply {
    /// An answer with a status, headers and a body; its length is stated unless a header does.
    public static func status(_ status: Int, headers: [(String, String)] = [], body: String = "") -> Reply {
        Reply([.bytes(http(status, headers: headers, body: Array(body.utf8)))])
    }

    /// Too many requests, with or without saying when to come back.
    public static func tooManyRequests(retryAfter: String? = nil) -> Reply {
        status(429, headers: retryAfter.map { [("Retry-After", $0)] } ?? [], body: "slow down")
    }

    /// A gateway's HTML page.
    public static func gatewayPage(_ code: Int) -> Reply {
        status(code, headers: [("Content-Type", "text/html")], body: "<html><body><h1>\(code) Bad Gateway</h1></body></html>")
    }

    /// Half of the headers, then a reset.
    public static let resetInHeaders = Reply([.bytes(Array("HTTP/1.1 200 OK\r\nContent-Ty".utf8)), .reset])
    /// The headers and half of the answer, then a reset; the node has acted.
    public static let resetInBody = halfAnswer(then: [.reset])
    /// The headers and half of the answer, then the end of the connection; the node has acted.
    public static let closeInBody = halfAnswer(then: [.close])
    /// The headers and half of the answer, then nothing; the node has acted.
    public static let stallInBody = halfAnswer(then: [.hang])

    /// The headers and half of the answer, then these steps; the node has acted.
    public static func halfAnswer(then steps: [Step]) -> Reply {
        framed { body in [.bytes(http(200, body: body).dropLast(body.count / 2))] + steps }
    }

    /// The answer under a stated length that is off by so many bytes; then the connection is closed.
    public static func lengthOff(by difference: Int) -> Reply {
        framed { body in
            [.bytes(http(200, headers: [("Content-Length", String(body.count + difference))], body: body)), .close]
        }
    }

    /// The answer compressed with gzip.
    public static let gzip = framed { body in
        // Compressing bytes in memory cannot fail; if it did, the answer would be no gzip, and a test would see that.
        [.bytes(http(200, headers: [("Content-Encoding", "gzip")], body: (try? Gzip.compress(body)) ?? []))]
    }
    /// The answer compressed with gzip, without its last bytes.
    public static let truncatedGzip = framed { body in
        // As above.
        let packed = (try? Gzip.compress(body)) ?? []
        return [.bytes(http(200, headers: [("Content-Encoding", "gzip")], body: packed.dropLast(12)))]
    }
    /// A small body that unpacks to so many bytes of zeros.
    public static func gzipBomb(unpackedSize: Int) -> Reply {
        Reply([
            .look { _ in [.bytes(http(200, headers: [("Content-Encoding", "gzip")], body: GzipBomb.bytes(of: unpackedSize)))] }
        ])
    }
    /// So many bytes in chunks, as fast as the client takes them.
    public static func endlessBody(size: Int) -> Reply {
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 1 << 16) + Array("\r\n".utf8)
        let head = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        return Reply([.bytes(head), .repeated(chunk, times: size >> 16), .bytes(Array("0\r\n\r\n".utf8))])
    }
    /// The answer byte by byte: the headers at once, then a byte each time that the gate lets one pass.
    public static func dripping(_ gate: Gate) -> Reply {
        framed { body in
            let bytes = http(200, body: body)
            let head = bytes.count - body.count
            return [.bytes(Array(bytes[..<head]))] + drops(bytes[head...], gate)
        }
    }
    /// The answer byte by byte from its first header on, a byte each time that the gate lets one pass.
    public static func drippingHeaders(_ gate: Gate) -> Reply { framed { body in drops(http(200, body: body)[...], gate) } }

    private static func drops(_ bytes: ArraySlice<UInt8>, _ gate: Gate) -> [Step] {
        bytes.flatMap { [Step.wait(gate), .bytes([$0])] }
    }

    /// The answer, with a warning that the connection ends, and its end.
    public static let answerThenClose = framed { body in
        [.bytes(http(200, headers: [("Connection", "close")], body: body)), .close]
    }

    private static func framed(_ steps: @escaping @Sendable (_ body: [UInt8]) -> [Step]) -> Reply {
        Reply([
            .act { request, responses in
                steps(JSONWriter.bytes(of: request.isBatch ? .array(responses) : responses.first ?? .null))
            }
        ])
    }

    /// The bytes of an HTTP answer.
    static func http(_ status: Int, headers: [(String, String)] = [], body: [UInt8]) -> [UInt8] {
        var headers = headers
        let names = headers.map { $0.0.lowercased() }
        if !names.contains("content-type") { headers.append(("Content-Type", "application/json")) }
        if !names.contains("content-length") { headers.append(("Content-Length", String(body.count))) }
        let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        return Array("HTTP/1.1 \(status) Status\r\n\(lines)\r\n".utf8) + body
    }
}
