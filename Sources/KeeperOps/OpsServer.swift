internal import Hummingbird
public import Logging
public import ServiceLifecycle
import Synchronization

/// Serves `/healthz`, `/readyz`, `/metrics` and `/status` over plain HTTP: for probes, for Prometheus and for `status`. Nothing can be
/// changed through it.
public struct OpsServer: Service {
    private let address: OpsAddress
    private let board: OpsBoard
    private let logger: Logger
    private let isListening: @Sendable (OpsAddress) -> Void

    /// Connections at once: a few probes, a Prometheus, a person. More would take the descriptors that the keeper needs.
    private static let mostConnections = 64
    /// Seconds for a request to come, and between two of one connection.
    private static let idleSeconds: Int64 = 10

    /// - Parameter isListening: told the address with the port that was given out, where it was 0.
    public init(
        _ address: OpsAddress, _ board: OpsBoard, logger: Logger,
        isListening: @escaping @Sendable (OpsAddress) -> Void = { _ in }
    ) {
        (self.address, self.board, self.logger, self.isListening) = (address, board, logger, isListening)
    }

    /// - Throws: `OpsServerError` where it cannot listen: the address is in use, or not one of this machine.
    public func run() async throws {
        let router = Router()
        let board = board
        router.get("healthz") { _, _ in Self.answer(board.health()) }
        router.get("readyz") { _, _ in Self.answer(board.readiness()) }
        router.get("metrics") { _, _ in Self.answer(board.metrics(), PrometheusText.contentType) }
        router.get("status") { _, _ in Self.answer(board.status(), "application/json") }
        // The server tells what it does at info level; of interest is where it listens, which we tell ourselves.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let (address, isListening) = (address, isListening)
        let hasBegun = Mutex(false)
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: .seconds(Self.idleSeconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: .maximum(Self.mostConnections, logger: quiet)),
            onServerRunning: { channel in
                hasBegun.withLock { $0 = true }
                isListening(OpsAddress(host: address.host, port: channel.localAddress?.port ?? address.port))
            }, logger: quiet)
        do { try await application.run() } catch  where !hasBegun.withLock({ $0 }) && !(error is CancellationError) {
            throw OpsServerError(address, error)
        }
    }

    private static func answer(_ probe: OpsBoard.Probe) -> Response {
        answer(probe.text + "\n", "text/plain; charset=utf-8", probe.isFine ? .ok : .serviceUnavailable)
    }

    private static func answer(_ text: String, _ type: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

/// Nothing can be served at the address.
public struct OpsServerError: Error, Sendable, CustomStringConvertible {
    public var address: OpsAddress
    public var description: String

    init(_ address: OpsAddress, _ error: any Error) {
        self.address = address
        description = "ops.listen: cannot listen at \(address): \(error)"
    }
}
