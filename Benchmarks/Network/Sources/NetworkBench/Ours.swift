import EthPrimitives
import EthRPC
import EthTransports

/// Typed calls through a provider: requests from values, answers to values.
struct Ours: Contender {
    let name: String
    let provider: Provider

    /// Through the HTTP transport alone.
    static func transport(_ url: String) throws -> Self {
        Self(name: "KeeperKit", provider: Provider(try HTTPTransport(label: "loopback", url: SecretText(url))))
    }

    /// Through a pool of this one node.
    static func pool(_ url: String) throws -> Self {
        let transport = try HTTPTransport(label: "loopback", url: SecretText(url))
        return Self(
            name: "KeeperKit, through a pool", provider: Provider(NodePool([PoolNode("loopback", transport)], chainID: nil)))
    }

    static let to = Address(lowBytesOf: Keccak256.hash([1]))
    /// `balanceOf(address)` of some address.
    static let data: [UInt8] = [0x70, 0xa0, 0x82, 0x31] + [UInt8](repeating: 0, count: 12) + [UInt8](repeating: 0x22, count: 20)
    static let answer: [UInt8] = Array(UInt256(1_000).multipliedByEther.bigEndianBytes.bytes)

    private func call() async throws {
        guard try await provider.call(CallRequest(to: Self.to, data: Self.data), at: .latest) == Self.answer else {
            throw WrongAnswer()
        }
    }

    func sequential(_ calls: Int) async throws { for _ in 0..<calls { try await call() } }

    func inFlight(_ calls: Int) async throws {
        try await Work.concurrently(calls) { share in for _ in 0..<share { try await call() } }
    }

    func batches(_ calls: Int) async throws {
        for _ in 0..<(calls / Work.batch) {
            var batch = ReadBatch(at: .latest)
            let query = RPCQuery<[UInt8]>.call(CallRequest(to: Self.to, data: Self.data), at: .latest)
            let reads = (0..<Work.batch).map { _ in batch.add(query) }
            let answers = try await provider.send(batch)
            for read in reads where try answers.value(of: read) != Self.answer { throw WrongAnswer() }
        }
    }
}

extension UInt256 {
    fileprivate var multipliedByEther: UInt256 { self * 1_000_000_000_000_000_000 }
}
