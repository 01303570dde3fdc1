extension FuzzTarget {
    /// Decoders with a fault each, on inputs that begin with q, a bit away from the only seed: they show that the runner finds what it looks for.
    public static let planted: [FuzzTarget] = [
        planted("planted-crash") { input in
            let table = [0, 1, 2]
            return table[Int(input[0])] > 0
        },
        planted("planted-hang") { input in
            var spins: UInt64 = 0
            while input[0] != 0 { spins &+= FuzzRandom(seed: spins, target: "", index: 1).isEven ? 1 : 3 }
            return spins > 0
        },
        planted("planted-memory") { input in
            let block = [UInt8](repeating: input[0], count: 100 << 20)
            return block[input.count] > 0
        },
        planted("planted-lie") { (_) throws(BrokenPromise) in throw BrokenPromise("this decoder lies") },
        planted("planted-nothing") { _ in true },
    ]

    private static func planted(
        _ name: String, _ fault: @escaping @Sendable ([UInt8]) throws(BrokenPromise) -> Bool
    ) -> FuzzTarget {
        FuzzTarget(name, .bytes) {
            Corpus([Array("planted".utf8)])
        } decode: { input throws(BrokenPromise) in
            input.first == UInt8(ascii: "q") ? try fault(input) : false
        }
    }
}

extension FuzzRandom {
    /// Work that the optimiser cannot see through.
    fileprivate var isEven: Bool {
        var copy = self
        return copy.below(2) == 0
    }
}
