/// Everything that a keeper's configuration may hold, learnt by reading one without values.
struct ConfigSurvey<P: KeeperProgram> {
    /// Knows what was asked for.
    let root: ConfigReader

    /// - Throws: `ConfigError` if a reader refuses what it cannot have read: a fault of ours, which a test finds.
    init() throws(ConfigError) {
        root = try ConfigReader(ConfigValue(kind: .mapping([]), origin: ""), path: "", isSurvey: true)
        let common = try KeeperConfiguration.read(root)
        _ = try P.configuration(try root.section(P.name, P.summary), common)
    }
}
