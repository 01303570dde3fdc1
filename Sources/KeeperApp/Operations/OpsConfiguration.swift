public import KeeperOps

/// The `ops` section: where probes, metrics and `status` are served.
public struct OpsConfiguration: Sendable {
    public var listen: OpsAddress

    /// `nil` without the section: nothing is served then.
    static func read(_ root: ConfigReader) throws(ConfigError) -> Self? {
        let section = try root.section("ops")
        let expected = "an address and a port, such as 127.0.0.1:7300 or [::1]:7300"
        guard let listen = try section.parsed("listen", expected, { OpsAddress(parsing: $0) }) else { return nil }
        return Self(listen: listen)
    }
}
