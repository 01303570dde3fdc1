import CMallocCounter
import EthCodec
import EthEVM
import EthPrimitives
import EthTransactions

/// Counts the heap allocations of one piece of work: the difference between twice and once a number of iterations, over that number.
/// What is allocated once, such as a table made on first use, does not count.
@main
enum Allocations {
    static func main() throws {
        let to = Address(FixedBytes<20>())
        let transaction = FeeMarketTransaction(
            chainID: 1, nonce: 4_711, maxPriorityFeePerGas: Wei(1_500_000_000), maxFeePerGas: .gwei(60), gasLimit: 200_000,
            to: to,
            data: [UInt8](repeating: 7, count: 68))
        let payload = Array(transaction.signingPayload.dropFirst())
        let (a, b, wad): (UInt256, UInt256, UInt256) = (
            UInt256(1) << 250 - 1, UInt256(1) << 130 + 12_345, 1_000_000_000_000_000_000
        )
        let text = a.description
        var found = true
        found = try count("RLP encode of the 1559 payload", expected: 1) { sum += transaction.signingPayload.count } && found
        found = try count("RLP decode of the 1559 payload in place", expected: 0) { sum += try fields(payload) } && found
        found = try count("Keccak-256, one-shot", expected: 0) { sum += Int(Keccak256.hash(payload)[0]) } && found
        found =
            try count("Keccak-256, three updates", expected: 0) {
                var hasher = Keccak256()
                for _ in 0..<3 { hasher.update(payload) }
                sum += Int(hasher.finalize()[0])
            } && found
        found = try count("UInt256 division", expected: 0) { sum &+= Int(truncatingIfNeeded: a / b &+ a % wad) } && found
        found = try count("UInt256 mulDiv", expected: 0) { sum &+= Int(truncatingIfNeeded: a.mulDiv(wad, b) ?? 0) } && found
        found = try count("Int256 division", expected: 0) { sum &+= Int(truncatingIfNeeded: Int256(a) / -3) } && found
        found = try count("UInt256 of decimal text", expected: 0) { sum &+= Int(truncatingIfNeeded: UInt256(text) ?? 0) } && found
        found = try count("UInt256 to decimal text", expected: 1) { sum += a.description.utf8.count } && found
        found = try rounds("EVM, a round of a loop with Keccak, memory and storage", expected: 0, EVMLoop.work) && found
        found = try rounds("EVM, a round of a loop that calls another contract", expected: 0, EVMLoop.calls) && found
        precondition(sum != 0)
        if !found { throw Failure() }
    }

    struct Failure: Error {}
    nonisolated(unsafe) static var sum = 0

    static func fields(_ payload: [UInt8]) throws(RLPError) -> Int {
        try RLPReader.read(payload) { (reader) throws(RLPError) -> Int in
            var list = try reader.list()
            var sum = try list.uint64() &+ list.uint64()
            sum &+= try list.uint256().limbs.0 &+ list.uint256().limbs.0 &+ list.uint64()
            let address = try list.optionalAddress()
            sum &+= try list.uint256().limbs.0 &+ UInt64(list.string().count)
            try list.list().finish()
            try list.finish()
            return Int(sum & 0xffff) + (address == nil ? 0 : 1)
        }
    }

    /// The body of a contract's loop, in one execution of so many rounds.
    private static func rounds(_ work: String, expected: UInt64, _ body: [UInt8]) throws -> Bool {
        let loop = try EVMLoop(body)
        return try count(work, expected: expected) { times in sum += try loop.run(times) }
    }

    private static func count(_ work: String, expected: UInt64, _ body: () throws -> Void) throws -> Bool {
        try count(work, expected: expected) { times in for _ in 0..<times { try body() } }
    }

    private static func count(_ work: String, expected: UInt64, _ perform: (Int) throws -> Void) throws -> Bool {
        let iterations = 1_000
        func allocations(_ times: Int) throws -> UInt64 {
            let before = malloc_counter_total()
            try perform(times)
            return malloc_counter_total() - before
        }
        // What is made on first use is made here.
        _ = try allocations(10)
        let slope = try (allocations(2 * iterations) - allocations(iterations)) / UInt64(iterations)
        print("\(work): \(slope) allocations, expected \(expected)\(slope == expected ? "" : "  WRONG")")
        return slope == expected
    }
}
