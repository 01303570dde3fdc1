import EthPrimitives
import EthRPC
import KeeperCore

/// The nodes of a keeper's configuration and what it expects of them, for the doctor.
public struct DoctorConfiguration: Sendable {
    public var nodes: [DoctorNode]
    public var settings: DoctorSettings

    /// Reads what all keepers have in common; the keeper's own section may be that of any keeper.
    /// - Throws: `ConfigError`. An endpoint that cannot be used is none: the doctor tells it.
    public init(file: String) throws(ConfigError) {
        self.init(try KeeperConfiguration.read(try ConfigReader(try ConfigLoader(path: file).load())))
    }

    init(_ common: KeeperConfiguration) {
        let timeout = common.nodes.settings.attemptTimeout
        nodes = common.nodes.endpoints.map { endpoint in
            do throws(ConfigError) {
                return DoctorNode(try endpoint.place(), timeout: timeout)
            } catch {
                return DoctorNode(endpoint.name, unusable: error.description)
            }
        }
        settings = DoctorSettings()
        settings.chainID = common.chainID
        settings.usesPresets = false
        settings.chainlog = common.chainlog
        settings.maxHeadAge = common.clock == .wall ? common.maxHeadAge : nil
        settings.timeout = timeout
    }
}
