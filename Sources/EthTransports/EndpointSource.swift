/// Where a node is at the moment: its URL, headers and credentials may change while it is in use.
public struct EndpointSource: Sendable {
    /// An endpoint, and which one it is among those that there have been.
    public struct Version: Sendable {
        public var endpoint: Endpoint
        /// Differs from that of every other endpoint of the source.
        public var number: UInt64

        public init(_ endpoint: Endpoint, number: UInt64) {
            self.endpoint = endpoint
            self.number = number
        }
    }

    /// Why somebody wants to know.
    public enum Occasion: Sendable {
        /// Something is about to be sent.
        case use
        /// A connection is about to be opened, or the server has refused the credentials: it is worth a look.
        case doubt
    }

    /// The endpoint's name for people, which never changes.
    public let label: String
    private let read: @Sendable (Occasion) -> Version

    /// - Parameter read: the endpoint as it is now, of the same label and the same kind, HTTP or WebSocket. It is asked for each exchange, and
    ///   must not wait for anything slower than a file.
    public init(label: String, _ read: @escaping @Sendable (Occasion) -> Version) {
        self.label = label
        self.read = read
    }

    /// One that never changes.
    public init(_ endpoint: Endpoint) {
        self.init(label: endpoint.label) { _ in Version(endpoint, number: 0) }
    }

    /// The number of the endpoint as it is now.
    public var number: UInt64 { now().number }

    func now(_ occasion: Occasion = .use) -> Version { read(occasion) }
}
