import EthCodec
import EthPrimitives
import EthRPC
import TestSupport

/// One use of the pool, as keepers use it, and whether the answer is the one to its question.
enum SoakOperation: Sendable {
    /// A read of the best node, falling back to others.
    case read(UInt64)
    /// Several reads of one node at one block.
    case observe(UInt64)
    /// The newest head.
    case head
    /// Signed bytes, to all nodes.
    case broadcast(UInt64)

    init(using random: inout SeededRandom) {
        let number = random.next()
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<70: self = .read(number)
        case 70..<90: self = .observe(number)
        case 90..<95: self = .head
        default: self = .broadcast(number)
        }
    }

    private static let observed = (0..<4).map { Quantity.encode(UInt64($0)) }

    /// - Returns: whether the answer is right.
    func run(_ pool: NodePool, at head: BlockHeader) async throws -> Bool {
        switch self {
        case .read(let number):
            let account = UInt256(number).bigEndianBytes.description
            let request = RPCRequest(method: "eth_getBalance", params: [.string(account), "0x1"])
            return try await pool.send([request]).first?.result() == SoakNode.balance(of: account)
        case .observe(let number):
            guard let session = pool.session(at: head) else { throw RPCError(.unreachable, "there is no node to ask") }
            let requests = zip(1..., Self.observed).map { id, slot in
                RPCRequest(id: id, method: "eth_getStorageAt", params: [.string("0x\(String(number, radix: 16))"), slot])
            }
            let responses = try await session.send(requests)
            return try zip(requests, responses).allSatisfy { try $1.result() == SoakNode.word(of: $0.params) }
                && responses.count == requests.count
        case .head: return try await pool.newestHead().number > 0
        case .broadcast(let number):
            let report = try await pool.broadcast(UInt256(number).bigEndianBytes.bytes)
            if let error = report.error { throw error }
            return true
        }
    }
}
