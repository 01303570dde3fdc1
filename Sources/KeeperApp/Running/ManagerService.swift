import KeeperCore
import ServiceLifecycle

/// The transaction manager as a service: it ends after the loop that uses it, when what it began is done.
struct ManagerService: Service {
    let manager: TransactionManager

    /// - Throws: `ManagerError`; the process must end then.
    func run() async throws {
        try await withGracefulShutdownHandler {
            try await manager.run()
        } onGracefulShutdown: {
            manager.drain()
        }
    }
}
