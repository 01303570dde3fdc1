public import KeeperCore

extension KeeperProgram {
    /// None: this keeper has no `calibrate`.
    public static var calibrationSummary: String? { nil }

    /// - Throws: `ConfigError`: this keeper has nothing to calibrate.
    public static func calibration(
        _ keeper: K, _ common: KeeperConfiguration
    ) throws(ConfigError) -> any Calibration<K.Snapshot> {
        throw ConfigError("calibrate", "\(name) has nothing to calibrate")
    }
}
