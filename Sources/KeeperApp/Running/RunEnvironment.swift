import EthPrimitives
import EthRPC
import EthTransports
import KeeperAlerts

/// What a running keeper has of the world besides its store: time, and the ways to nodes and to receivers of alerts.
struct RunEnvironment: Sendable {
    var time = LoopTime.wall
    /// For time limits and pauses of nodes.
    var clock = RPCClock.continuous
    /// The way to a node; `nil` for what its URL says.
    var transport: (@Sendable (EndpointConfiguration) -> any Transport)?
    var poster: any AlertPoster = HTTPPoster()

    static let real = RunEnvironment()
}
