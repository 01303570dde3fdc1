import AsyncHTTPClient
import EthRPC
import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Failures of sockets in our words; the libraries' own texts may contain the URL.
enum NetworkFailure {
    /// What an error from below means. Cancellation stays what it is.
    static func error(for error: any Error) -> any Error {
        switch error {
        case is CancellationError, is RPCError: error
        case let error as HTTPClientError: Self.error(for: error)
        case is NIOTooManyBytesError: RPCError(.tooLarge, "the answer exceeds the allowed size")
        case is NIOConnectionError: RPCError(.unreachable, "no connection")
        case let error as IOError where neverConnected.contains(error.errnoCode): RPCError(.unreachable, "no connection")
        case let error as ChannelError:
            if case .connectTimeout = error { RPCError(.unreachable, "no connection in time") } else { lost }
        case let error as NIOSSLError:
            if case .handshakeFailed(let cause) = error { handshake(cause) } else { lost }
        case let error as BoringSSLError: afterHandshake(error)
        case is NIOSSLExtraError: RPCError(.unreachable, "the server's certificate does not fit its name")
        default: lost
        }
    }

    private static let lost = RPCError(.connectionLost, "the connection broke before the whole answer was there")

    /// What made a handshake fail, as far as it can be told: only the library's names of alerts and checks are looked at.
    private static func handshake(_ error: BoringSSLError) -> RPCError {
        if refusesUs(error) { return refusal }
        let isDistrusted = "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
        return RPCError(
            .unreachable,
            isDistrusted
                ? "the server's certificate is of no authority that is trusted, or not valid now" : "the TLS handshake failed")
    }

    /// With TLS 1.3 (RFC 8446) a client has shaken hands before the server has looked at its certificate, and hears of it
    /// afterwards; nothing that it sent meanwhile has been read.
    private static func afterHandshake(_ error: BoringSSLError) -> RPCError { refusesUs(error) ? refusal : lost }

    private static let refusal = RPCError(.unreachable, "the server refuses the client's certificate, or wants one")

    private static func refusesUs(_ error: BoringSSLError) -> Bool {
        let alerts = ["CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "UNKNOWN_CA", "CERTIFICATE_EXPIRED", "CERTIFICATE_UNKNOWN"]
        let text = "\(error)".uppercased()
        return alerts.contains { text.contains("ALERT_\($0)") }
    }

    /// Errors of `connect` that mean that nobody was there to receive anything.
    private static let neverConnected: Set = [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, ENETDOWN, EHOSTDOWN]

    private static func error(for error: HTTPClientError) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .deadlineExceeded, .readTimeout, .writeTimeout: RPCError(.timeout, "no complete answer in time")
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            RPCError(.unreachable, "no connection in time")
        case .invalidURL, .emptyHost, .emptyScheme: RPCError(.badEndpoint, "the URL cannot be used")
        default: lost
        }
    }
}
