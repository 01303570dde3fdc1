import KeeperCore

/// Which keeper a process is, as metrics, alerts and `status` name it.
struct KeeperIdentity: Sendable, Hashable {
    var program: String
    var name: String
    var mode: String
    var version: String
    /// Unix seconds at which the process began.
    var startedAt: UInt64

    init<P: KeeperProgram>(_ program: P.Type, _ common: KeeperConfiguration, startedAt: UInt64 = TimeSource.wallSeconds) {
        self.init(
            program: P.name, name: common.name, mode: common.mode.rawValue, version: KeeperVersion.current, startedAt: startedAt)
    }

    init(program: String, name: String, mode: String, version: String, startedAt: UInt64) {
        (self.program, self.name, self.mode, self.version) = (program, name, mode, version)
        self.startedAt = startedAt
    }
}
