public import KeeperOps

/// The `ops` section: where probes, metrics and `status` are served.
public struct OpsConfiguration: Sendable {
    public var listen: OpsAddress

    /// `nil` without the section: nothing is served then.
    static func read(_ root: ConfigReader) throws(ConfigError) -> Self? {
        guard
            let section = try root.optionalSection(
                "ops", "probes, metrics and status over HTTP, for this machine or this pod only")
        else { return nil }
        let listen = try section.value(
            "listen", .opsAddress, default: OpsAddress(host: "127.0.0.1", port: 7300), "where they are served")
        return Self(listen: listen)
    }
}

extension ConfigForm where Value == OpsAddress {
    static var opsAddress: Self {
        Self(
            "an address and a port, such as 127.0.0.1:7300 or [::1]:7300", .text(pattern: "^.+:[0-9]+$"),
            example: "127.0.0.1:7300", write: \.description
        ) { OpsAddress(parsing: $0) }
    }
}
