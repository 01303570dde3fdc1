import CPeers

/// Arrays of operands and room for results, for work too small to be timed one by one; all three fit a first-level cache.
struct Operands<Number> {
    static var count: Int { 256 }
    let a: UnsafeMutableBufferPointer<Number>
    let b: UnsafeMutableBufferPointer<Number>
    let out: UnsafeMutableBufferPointer<Number>

    /// The memory stays until the process ends.
    init(_ a: [Number], _ b: [Number]) {
        self.a = .allocate(capacity: Self.count)
        self.b = .allocate(capacity: Self.count)
        out = .allocate(capacity: Self.count)
        _ = self.a.initialize(from: a)
        _ = self.b.initialize(from: b)
        _ = out.initialize(from: a)
    }

    /// Does the work for each pair. It works through pointers, as a call that is not inlined would else copy numbers about.
    @inline(__always)
    func sweep(
        _ sweeps: Int, _ operation: (UnsafePointer<Number>, UnsafePointer<Number>, UnsafeMutablePointer<Number>) -> Void
    ) {
        guard let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else { return }
        for _ in 0..<sweeps {
            for index in 0..<Self.count { operation(a + index, b + index, out + index) }
            peer_use(out)
        }
    }
}

extension Operands<UInt64> {
    /// The limbs for C, four to a number.
    init(limbsOf a: [(UInt64, UInt64, UInt64, UInt64)], _ b: [(UInt64, UInt64, UInt64, UInt64)]) {
        self.a = .allocate(capacity: Self.count * 4)
        self.b = .allocate(capacity: Self.count * 4)
        out = .allocate(capacity: Self.count * 4)
        _ = self.a.initialize(from: a.flatMap { [$0.0, $0.1, $0.2, $0.3] })
        _ = self.b.initialize(from: b.flatMap { [$0.0, $0.1, $0.2, $0.3] })
        out.initialize(repeating: 0)
    }
}
