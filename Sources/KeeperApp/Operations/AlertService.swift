import KeeperAlerts
import KeeperCore
import Logging
import ServiceLifecycle

/// Judges how a keeper stands every few seconds, and sends what people are to be told.
struct AlertService: Service {
    let desk: AlertDesk
    let monitor: KeeperMonitor
    /// The configured receivers, their secrets read anew; throws while one cannot be read.
    let sinks: @Sendable () throws -> [AlertSink]
    let time: LoopTime
    let logger: Logger

    /// Milliseconds between samples; chains that live faster than the world are looked at more often.
    private var sampling: UInt64 { monitor.common.clock == .wall ? 5000 : 50 }
    /// Milliseconds between looks for what is due to be delivered.
    private var delivering: UInt64 { monitor.common.clock == .wall ? 1000 : 50 }
    /// Rounds of delivery between two looks at the files of secrets.
    private static let rotation = 30

    /// A receiver that hangs holds up no sample.
    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.judge() }
            group.addTask { await self.deliver() }
        }
    }

    private func judge() async {
        while !Task.isShuttingDownGracefully {
            if let sample = monitor.sample() { desk.take(sample) }
            do { try await time.sleep(sampling) } catch { break }
        }
    }

    private func deliver() async {
        var round = 0
        while !Task.isShuttingDownGracefully {
            round += 1
            if round % Self.rotation == 0 { renew() }
            await desk.deliverDue()
            do { try await time.sleep(delivering) } catch { break }
        }
    }

    /// Secrets may have been changed in their files. What cannot be read at the moment stays as it was.
    private func renew() {
        do { desk.use(try sinks()) } catch { logger.warning("receivers of alerts stay as they were: \(error)") }
    }
}
