import KeeperAlerts
import KeeperCore
import ServiceLifecycle

/// Judges how a keeper stands every few seconds, and sends what people are to be told.
struct AlertService: Service {
    let desk: AlertDesk
    let monitor: KeeperMonitor
    /// The configured receivers; the desk has those of the first reading.
    let sinks: Rotating<[AlertSink]>
    let time: LoopTime

    /// Milliseconds between samples; chains that live faster than the world are looked at more often.
    private var sampling: UInt64 { monitor.common.clock == .wall ? 5000 : 50 }
    /// Milliseconds between looks for what is due to be delivered.
    private var delivering: UInt64 { monitor.common.clock == .wall ? 1000 : 50 }

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
        var known: UInt64 = 0
        while !Task.isShuttingDownGracefully {
            let (sinks, number) = sinks.current()
            if number != known { desk.use(sinks) }
            known = number
            await desk.deliverDue()
            do { try await time.sleep(delivering) } catch { break }
        }
    }
}
