import Foundation
import FoundationNetworking
import Glibc
import KeeperOps
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@Suite("The operations endpoint", .timeLimit(.minutes(2)))
struct OpsServerTests {
    /// Runs a server while a body asks it.
    private func serve(_ isFine: Bool, _ body: @escaping @Sendable (OpsAddress) async throws -> Void) async throws {
        let board = OpsBoard(
            health: { .init(isFine: isFine, "health") }, readiness: { .init(isFine: isFine, "readiness") },
            metrics: { "up 1\n" }, status: { "{}" })
        let (stream, continuation) = AsyncStream.makeStream(of: OpsAddress.self)
        let server = OpsServer(OpsAddress(host: "127.0.0.1", port: 0), board, logger: Logger(label: "test")) {
            continuation.yield($0)
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await address in stream {
                try await body(address)
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test("probes answer 200 or 503 with a sentence", arguments: [(true, 200), (false, 503)])
    func probes(isFine: Bool, status: Int) async throws {
        try await serve(isFine) { address in
            for (path, text) in [("healthz", "health\n"), ("readyz", "readiness\n")] {
                let url = try #require(URL(string: "http://\(address)/\(path)"))
                let (data, response) = try await URLSession.shared.data(from: url)
                #expect((response as? HTTPURLResponse)?.statusCode == status)
                #expect(String(decoding: data, as: UTF8.self) == text)
            }
        }
    }

    @Test("an address that is taken is told as such")
    func taken() async throws {
        try await serve(true) { address in
            let board = OpsBoard(
                health: { .init(isFine: true, "") }, readiness: { .init(isFine: true, "") }, metrics: { "" }, status: { "" })
            let second = OpsServer(address, board, logger: Logger(label: "test"))
            let error = await #expect(throws: OpsServerError.self) { try await second.run() }
            #expect(error?.description.hasPrefix("ops.listen: cannot listen at 127.0.0.1:") == true)
        }
    }

    @Test("no more than 64 connections are taken at once: the keeper needs its descriptors")
    func connections() async throws {
        try await serve(true) { address in
            var sockets: [Int32] = []
            defer { for socket in sockets { close(socket) } }
            var target = sockaddr_in()
            target.sin_family = sa_family_t(AF_INET)
            target.sin_port = UInt16(address.port).bigEndian
            target.sin_addr.s_addr = inet_addr("127.0.0.1")
            for _ in 0..<200 {
                let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                sockets.append(socket)
                _ = withUnsafePointer(to: &target) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                    }
                }
            }
            let request = Array("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
            var answer = [UInt8](repeating: 0, count: 64)
            for socket in sockets { _ = write(socket, request, request.count) }
            for socket in sockets.prefix(64) { #expect(read(socket, &answer, answer.count) > 0) }
            // The next one waits until another is closed: for as long as the first ones may be silent.
            #expect(poll(sockets[100], milliseconds: 500) == 0)
            for socket in sockets.prefix(64) { close(socket) }
            sockets.removeFirst(64)
            #expect(poll(sockets[100 - 64], milliseconds: 60_000) == 1)
        }
    }
}

/// Whether there is something to read within a time.
private func poll(_ socket: Int32, milliseconds: Int32) -> Int32 {
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&entry, 1, milliseconds)
}
