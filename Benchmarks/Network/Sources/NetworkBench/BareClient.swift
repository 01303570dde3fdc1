import AsyncHTTPClient
import EthRPC
import NIOCore

/// async-http-client with the same bytes, made beforehand; the answer is collected and not looked at.
struct BareClient: Contender {
    let name = "async-http-client, bare"
    private let client: HTTPClient
    private let single: HTTPClientRequest
    private let batch: HTTPClientRequest

    init(_ url: String) {
        // As many connections as ours.
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let query = RPCQuery<[UInt8]>.call(CallRequest(to: Ours.to, data: Ours.data), at: .latest)
        single = Self.request(url, [query.request()])
        batch = Self.request(url, (1...Work.batch).map { query.request(id: UInt64($0)) })
    }

    private static func request(_ url: String, _ batch: [RPCRequest]) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: RPCRequest.body(of: batch)))
        return request
    }

    private func post(_ request: HTTPClientRequest, expecting count: Int) async throws {
        let response = try await client.execute(request, deadline: .distantFuture)
        let body = try await response.body.collect(upTo: 64 << 20)
        guard response.status == .ok, body.readableBytes >= 66 * count else { throw WrongAnswer() }
    }

    func sequential(_ calls: Int) async throws { for _ in 0..<calls { try await post(single, expecting: 1) } }

    func inFlight(_ calls: Int) async throws {
        try await Work.concurrently(calls) { share in for _ in 0..<share { try await post(single, expecting: 1) } }
    }

    func batches(_ calls: Int) async throws {
        for _ in 0..<(calls / Work.batch) { try await post(batch, expecting: Work.batch) }
    }

    func shutdown() async throws { try await client.shutdown() }
}
