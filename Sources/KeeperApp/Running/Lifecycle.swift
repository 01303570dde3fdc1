import Logging
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
    import Glibc
#endif

/// Ends the process with exit code 0 when SIGTERM or SIGINT asks it to stop before there is a loop that could: nothing is begun then that
/// would have to be finished, and what is half written the store undoes. `runUntilStopped` takes over from it.
func endWhenStopped() {
    for number in [SIGTERM, SIGINT] { signal(number) { _ in _exit(KeeperExitCode.done.rawValue) } }
}

/// Runs a service until it ends by itself, or SIGTERM or SIGINT asks it to stop; it finishes what it is at.
func runUntilStopped(_ service: some Service, _ logger: Logger) async throws {
    try await runUntilStopped(ending: service, beside: [], logger)
}

/// The same beside others, which it stands on: they are stopped after it. One that fails ends all.
func runUntilStopped(ending service: some Service, beside others: [any Service], _ logger: Logger) async throws {
    // The group describes its services at debug level; what it has to say of their ends is logged at notice or above.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .notice)
    try await ServiceGroup(
        configuration: ServiceGroupConfiguration(
            services: others.map { .init(service: $0) } + [
                .init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
    ).run()
}
