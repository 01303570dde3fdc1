import EthCodec

/// Faults that are the same over HTTP and over a WebSocket.
extension Reply {
    /// The node acts on the request, and the connection is closed before a byte of the answer.
    public static let actThenLoseReply = Reply([.act { _, _ in [.close] }])
    /// The node acts on the request, and the connection is reset before a byte of the answer.
    public static let actThenReset = Reply([.act { _, _ in [.reset] }])
    /// The node acts on the request and never answers; the connection stays.
    public static let actThenHang = Reply([.act { _, _ in [.hang] }])
    /// Nothing happens at all; the connection stays.
    public static let hang = Reply([.hang])
    /// The connection is closed at once; the node does nothing.
    public static let close = Reply([.close])
    /// The connection is reset at once; the node does nothing.
    public static let reset = Reply([.reset])

    /// An HTML page with status 200, as a captive portal or a proxy sends it.
    public static let html = Reply.text("<!DOCTYPE html>\n<html><body><h1>Welcome</h1></body></html>")
    /// The first half of the answer; the framing is right.
    public static let truncatedJSON = Reply([
        .act { _, responses in
            let bytes = JSONWriter.bytes(of: responses.first ?? .null)
            return [.message(Array(bytes.prefix(bytes.count / 2)))]
        }
    ])

    /// The first response carries an id that was never asked.
    public static let wrongID = rewritten { setID(of: 0, in: $0, to: 987_654_321) }
    /// The first response carries no id.
    public static let missingID = rewritten { responses in
        responses.enumerated().map { index, response in
            index == 0 ? .object((response.members ?? []).filter { $0.name != "id" }) : response
        }
    }
    /// The last response carries the id of the first: one id comes twice, another never.
    public static let duplicateID = rewritten { responses in
        setID(of: responses.count - 1, in: responses, to: responses.first?["id"]?.uint64 ?? 0)
    }
    /// All responses, the first one twice.
    public static let extraResponse = rewritten { $0 + $0.prefix(1) }
    /// All responses but the last.
    public static let missingResponse = rewritten { $0.dropLast() }
    /// The responses in the opposite order.
    public static let shuffled = rewritten { $0.reversed() }

    private static func setID(of index: Int, in responses: [JSON], to id: UInt64) -> [JSON] {
        responses.enumerated().map { place, response in
            guard place == index else { return response }
            return .object((response.members ?? []).map { $0.name == "id" ? .init("id", .integer(id)) : $0 })
        }
    }
}
