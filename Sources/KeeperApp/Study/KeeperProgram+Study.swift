extension KeeperProgram {
    /// None: this keeper's ways cannot be compared.
    public static var strategies: [NamedStrategy] { [] }

    /// - Throws: `ConfigError`: this keeper's ways cannot be compared.
    public static func study(_ request: StudyRequest<Configuration>) async throws -> StudyReport {
        throw ConfigError("--scenario", "\(name) has no strategies to compare")
    }
}
