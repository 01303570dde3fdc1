import EthRPC
import EthTransports

extension EndpointSource {
    /// An endpoint whose URL and secrets are read again when their files change.
    /// - Parameter read: makes it of what the files hold.
    /// - Throws: `ConfigError`, at the first reading.
    init(
        label: String, _ files: [RotatingFile], clock: RPCClock = .continuous,
        tell: @escaping @Sendable (RotationNotice) -> Void, read: @escaping @Sendable () throws(ConfigError) -> Endpoint
    ) throws(ConfigError) {
        let rotating = try Rotating<Endpoint>(files, clock: clock, tell: tell) { last throws(ConfigError) in
            let endpoint = try read()
            guard let last else { return endpoint }
            guard endpoint.isWebSocket == last.isWebSocket else {
                throw ConfigError(
                    files.first?.key ?? "", "from http to ws, or back, a URL goes with a restart only")
            }
            return endpoint.succeeding(last)
        }
        self.init(label: label) { occasion in
            let (endpoint, number) = rotating.current(isUrgent: occasion == .doubt)
            return Version(endpoint, number: number)
        }
    }
}

extension EndpointConfiguration {
    /// Where the node is at the moment.
    /// - Throws: `ConfigError`, which shows nothing of the URL or the headers.
    func source(
        clock: RPCClock = .continuous, tell: @escaping @Sendable (RotationNotice) -> Void
    ) throws(ConfigError) -> EndpointSource {
        let files = ([url, bearerToken] + headers.map(\.value)).compactMap(RotatingFile.init)
        return try EndpointSource(label: name, files, clock: clock, tell: tell) { () throws(ConfigError) in try place() }
    }
}
