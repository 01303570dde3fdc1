public import EthCodec
public import EthRPC

/// Who answers behind the faults: a function from a request to its result.
public struct TestNode: Sendable {
    /// A node's error object.
    public struct Refusal: Error, Sendable {
        /// JSON-RPC's error code.
        public var code: Int
        /// JSON-RPC's error text.
        public var message: String

        /// An error that the node answers with.
        public init(_ code: Int, _ message: String) {
            self.code = code
            self.message = message
        }
    }

    /// The result of one request.
    public typealias Answer = @Sendable (RPCRequest) throws(Refusal) -> JSON

    let answer: Answer

    /// A node that answers so.
    public init(_ answer: @escaping Answer) { self.answer = answer }

    /// Answers with the method and the parameters that it was asked; refuses `eth_noSuchMethod`.
    public static let echo = TestNode { request throws(Refusal) in
        if request.method == "eth_noSuchMethod" { throw Refusal(-32601, "the method eth_noSuchMethod does not exist") }
        return .array([.string(request.method)] + request.params)
    }

    /// The response object to a request.
    public func response(to request: RPCRequest) -> JSON {
        do throws(Refusal) {
            return Self.response(request.id, "result", try answer(request))
        } catch {
            return Self.refusal(request.id, error)
        }
    }

    /// A response object with an error.
    static func refusal(_ id: UInt64?, _ refusal: Refusal) -> JSON {
        response(id, "error", .object(["code": .integer(refusal.code), "message": .string(refusal.message)]))
    }

    static func response(_ id: UInt64?, _ name: String, _ value: JSON) -> JSON {
        .object([
            JSON.Member("jsonrpc", "2.0"), JSON.Member("id", id.map { .integer($0) } ?? .null), JSON.Member(name, value),
        ])
    }
}
