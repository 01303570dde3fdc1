import EthRPC

/// What a server remembers of its clients.
struct ServerState: Sendable {
    /// A client's wish to be told about something.
    struct Subscription: Sendable {
        var id: String
        var topic: String
        var connection: Int
        var output: RawOutput
        /// Opens when the client has been told the id: no news overtake it.
        var confirmed: Gate
    }

    /// Whether what arrives is kept, and not only counted.
    var remembers = true
    /// How many came: requests, and wishes for a WebSocket.
    private(set) var counts = (requests: 0, upgrades: 0)
    var requests: [ServerRequest] = []
    var upgrades: [ServerRequest] = []
    /// Requests that the node acted upon.
    var acted: [RPCRequest] = []
    /// How often each rule of the script was used.
    var uses: [Int: Int] = [:]
    var connections = 0
    var openConnections = 0
    var bytesSent = 0
    var pings = 0
    var answersPings = true
    var sockets: [Int: RawOutput] = [:]
    var subscriptions: [Subscription] = []
    var lastSubscription = 0
    /// How many subscriptions have ended with their connections.
    var lostSubscriptions = 0

    /// Forgets a connection that is closed.
    mutating func close(_ connection: Int) {
        openConnections -= 1
        sockets[connection] = nil
        let count = subscriptions.count
        subscriptions.removeAll { $0.connection == connection }
        lostSubscriptions += count - subscriptions.count
    }

    mutating func receive(
        _ kind: ServerRequest.Kind, connection: Int, line: String = "", headers: [(name: String, value: String)] = [],
        body: [UInt8]
    ) -> ServerRequest {
        let index = kind == .upgrade ? counts.upgrades : counts.requests
        let request = ServerRequest(kind: kind, index: index, connection: connection, line: line, headers: headers, body: body)
        if kind == .upgrade { counts.upgrades += 1 } else { counts.requests += 1 }
        guard remembers else { return request }
        if kind == .upgrade { upgrades.append(request) } else { requests.append(request) }
        return request
    }

    /// The reply that the script has for a request; `nil` where no rule fits.
    mutating func reply(to request: ServerRequest, by script: FaultScript) -> Reply? {
        for (index, rule) in script.rules.enumerated() where uses[index, default: 0] < rule.times && rule.fits(request) {
            uses[index, default: 0] += 1
            return rule.reply
        }
        return nil
    }
}
