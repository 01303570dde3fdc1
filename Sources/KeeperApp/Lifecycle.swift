import Logging
import ServiceLifecycle
import UnixSignals

/// Runs a service until it ends by itself, or SIGTERM or SIGINT asks it to stop; it finishes what it is at.
func runUntilStopped(_ service: some Service, _ logger: Logger) async throws {
    // The group describes its services at debug level; what it has to say of their ends is logged at notice or above.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .notice)
    try await ServiceGroup(
        configuration: ServiceGroupConfiguration(
            services: [
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: service, successTerminationBehavior: .gracefullyShutdownGroup)
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
    ).run()
}
