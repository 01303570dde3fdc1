import Foundation
import Glibc
import Synchronization

/// An HTTP server on a real socket that answers every POST with what a closure says.
final class CannedServer: Sendable {
    let url: String
    private let socket: Int32

    /// - Parameters:
    ///   - answer: gets the request's body, gives the response's body.
    ///   - stallAfter: bytes of the body after which nothing more is sent, the connection staying open.
    ///   - admits: whether a request with these headers is let in; others get status 401.
    init(
        contentType: String = "application/json", stallAfter: Int? = nil,
        admits: @escaping @Sendable (String) -> Bool = { _ in true }, _ answer: @escaping @Sendable (String) -> String
    ) throws {
        let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        socket = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(listener, plain, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, plain, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { Self.serve(connection, contentType, stallAfter, admits, answer) }
            }
        }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private static func serve(
        _ connection: Int32, _ contentType: String, _ stallAfter: Int?, _ admits: (String) -> Bool, _ answer: (String) -> String
    ) {
        defer { close(connection) }
        var pending = ""
        while let request = nextRequest(connection, &pending) {
            let isAdmitted = admits(request.head)
            let body = isAdmitted ? answer(request.body) : "go away: \(request.head)"
            let head =
                "HTTP/1.1 \(isAdmitted ? "200 OK" : "401 Unauthorized")\r\ncontent-type: \(contentType)\r\ncontent-length: \(body.utf8.count)\r\n\r\n"
            let bytes = Array((head + body).utf8.prefix(head.utf8.count + (stallAfter ?? .max / 2)))
            guard send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return }
        }
    }

    /// Headers and body of the next request; `nil` when the connection ends.
    private static func nextRequest(_ connection: Int32, _ pending: inout String) -> (head: String, body: String)? {
        while true {
            if let end = pending.range(of: "\r\n\r\n") {
                let written = String(pending[..<end.upperBound])
                let head = written.lowercased()
                let length =
                    head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                let rest = pending[end.upperBound...]
                if rest.utf8.count >= length {
                    let body = String(decoding: rest.utf8.prefix(length), as: UTF8.self)
                    pending = String(decoding: rest.utf8.dropFirst(length), as: UTF8.self)
                    return (written, body)
                }
            }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            pending += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
