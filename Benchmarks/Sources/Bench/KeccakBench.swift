import CPeers
import EthPrimitives

/// Keccak-256 of one byte string. SHA3-256 differs from it in one byte of padding only, so OpenSSL does the same work.
enum KeccakBench {
    static func rows() -> [Row] {
        peer_sha3_256_prepare()
        return [
            row("32 B", 32, overOpenSSL: 1.2), row("136 B", 136), row("1 KiB", 1024), row("1 MiB", 1 << 20, overOpenSSL: 1.0),
        ]
    }

    private static func row(_ size: String, _ count: Int, overOpenSSL: Double? = nil) -> Row {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        // An answer that were wrong would make the times worthless.
        var expected = [UInt8](repeating: 0, count: 32)
        peer_keccak256_plain(message, count, &expected)
        precondition(Keccak256.hash(message).bytes == expected, "the hashes differ")
        return Row(
            "keccak \(size)",
            [
                .ours { for _ in 0..<$0 { use(Keccak256.hash(message)) } },
                peer("OpenSSL EVP SHA3-256", message, overOpenSSL.map { .times($0) }, peer_sha3_256),
                peer("C, same structure, v3", message, .times(0.92), peer_keccak256_complemented),
                peer("C, plain with and-not, v3", message, nil, peer_keccak256_plain),
            ] + (count == 32 ? [.python("pycryptodome", "keccak_32")] : []))
    }

    private static func peer(
        _ name: String, _ message: [UInt8], _ goal: Goal?,
        _ hash: @escaping (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UInt8>?) -> Void
    ) -> Contender {
        .peer(name, goal) { iterations in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { out in
                message.withUnsafeBufferPointer { message in
                    for _ in 0..<iterations {
                        hash(message.baseAddress, message.count, out.baseAddress)
                        peer_use(out.baseAddress)
                    }
                }
            }
        }
    }
}
