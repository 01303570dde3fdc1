/// What the operations endpoint shows of a process. Asked for at each request.
public struct OpsBoard: Sendable {
    /// A probe's answer, with a sentence for people.
    public struct Probe: Sendable, Hashable {
        public var isFine: Bool
        public var text: String

        public init(isFine: Bool, _ text: String) {
            self.isFine = isFine
            self.text = text
        }
    }

    /// Whether the loop lives: nothing else, or an outage of the nodes would restart every keeper.
    public var health: @Sendable () -> Probe
    /// Whether the keeper can do its work now.
    public var readiness: @Sendable () -> Probe
    /// The metrics, text format 0.0.4.
    public var metrics: @Sendable () -> String
    /// How it stands, as JSON.
    public var status: @Sendable () -> String

    public init(
        health: @escaping @Sendable () -> Probe, readiness: @escaping @Sendable () -> Probe,
        metrics: @escaping @Sendable () -> String, status: @escaping @Sendable () -> String
    ) {
        (self.health, self.readiness, self.metrics, self.status) = (health, readiness, metrics, status)
    }
}
