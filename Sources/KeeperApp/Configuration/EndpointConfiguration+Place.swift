import EthPrimitives
import EthRPC
import EthTransports

extension EndpointConfiguration {
    /// Where the node is, with the secrets that its keys name read now.
    /// - Throws: `ConfigError`, which shows nothing of the URL or the headers.
    func place() throws(ConfigError) -> Endpoint {
        let url = try url.read()
        var values: [(name: String, value: SecretText)] = []
        for header in headers { values.append((header.name, try header.value.read())) }
        let bearer = try bearerToken?.read()
        do { return try Endpoint(label: name, url: url, headers: values, bearer: bearer) } catch { throw unusable(error) }
    }

    /// The key that an unusable URL or header comes from.
    func unusable(_ error: RPCError) -> ConfigError { ConfigError(url.key, origin: url.origin, error.message) }
}
