import EthRPC
import KeeperCore
import KeeperOps
import Logging
import ServiceLifecycle

/// A keeper as `run` has it: what serves its probes and tells people is there first, then the keeper itself, as soon as a node answers.
struct KeeperService<P: KeeperProgram>: Service {
    private let premises: Premises<P>

    init(_ premises: Premises<P>) { self.premises = premises }

    /// Milliseconds between tries to begin while no node answers.
    private static var patience: UInt64 { 5000 }

    func run() async throws {
        let monitor = premises.monitor
        try await withGracefulShutdownHandler {
            let server = premises.server.map { [$0 as any Service] } ?? []
            try await runAll(server + [premises.alerts], ending: Body(service: self))
        } onGracefulShutdown: {
            monitor.stopping()
        }
    }

    private struct Body: Service {
        let service: KeeperService
        func run() async throws { try await service.runKeeper() }
    }

    private func runKeeper() async throws {
        defer { premises.monitor.forget() }
        guard let live = try await begin() else { return }
        live.tellStart()
        try await runAll(live.services, ending: live.loop())
    }

    /// Puts the keeper together. A process whose probes are served waits for its nodes: an outage must not restart it again and again.
    /// - Returns: `nil` if it was stopped meanwhile.
    private func begin() async throws -> LiveKeeper<P>? {
        while !Task.isShuttingDownGracefully {
            do {
                // Whoever asks it to stop does not wait for a node that does not answer.
                return try await cancelWhenGracefulShutdown { try await LiveKeeper(premises) }
            } catch {
                if Task.isShuttingDownGracefully { break }
                guard let error = error as? RPCError else { throw error }
                guard premises.wiring.common.ops != nil, error.code != .badEndpoint else { throw error }
                premises.logger.warning("not begun yet: \(error)")
                premises.monitor.take(.blind("\(error)"))
                do { try await premises.wiring.environment.time.sleep(Self.patience) } catch { break }
            }
        }
        return nil
    }

    /// Services until the last of them ends, or all are asked to stop: the last one first.
    private func runAll(_ others: [any Service], ending last: any Service) async throws {
        var quiet = premises.logger
        quiet.logLevel = max(premises.logger.logLevel, .notice)
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: others.map { .init(service: $0) } + [
                    .init(service: last, successTerminationBehavior: .gracefullyShutdownGroup)
                ], logger: quiet)
        ).run()
    }
}
