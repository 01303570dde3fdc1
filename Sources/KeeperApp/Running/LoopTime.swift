import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// The wall clock and sleeping, as the loop uses them.
struct LoopTime: Sendable {
    /// Unix time, milliseconds.
    var now: @Sendable () -> UInt64
    /// Sleeps for milliseconds; a shutdown ends it with `CancellationError`.
    var sleep: @Sendable (_ milliseconds: UInt64) async throws -> Void

    static let wall = LoopTime(
        now: {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            return UInt64(max(0, now.tv_sec)) * 1000 + UInt64(max(0, now.tv_nsec)) / 1_000_000
        },
        sleep: { milliseconds in
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(Int64(clamping: milliseconds))) }
        })
}
