import EthPrimitives

/// A precompiled contract on curves that is not built in: what it takes and which sizes of input it refuses is known, its result is not.
struct CurvePrecompile {
    /// Bytes of one element of its input, of which there may be any number, or exactly one.
    private let element: Int
    private let takesAnyNumber: Bool
    /// Gas at least taken: so much, and so much for each element.
    private let base: Gas
    private let each: Gas
    /// Whether another size of input fails it.
    private let refusesSizes: Bool

    private init(element: Int, many: Bool = false, base: Gas, each: Gas = 0, refusesSizes: Bool = true) {
        self.element = element
        takesAnyNumber = many
        self.base = base
        self.each = each
        self.refusesSizes = refusesSizes
    }

    init?(number: UInt16) {
        switch number {
        // Addition, multiplication and pairing on BN254; the first two pad and cut their input (EIP-196, EIP-197, prices of EIP-1108).
        case 0x06: self.init(element: 128, base: 150, refusesSizes: false)
        case 0x07: self.init(element: 96, base: 6_000, refusesSizes: false)
        case 0x08: self.init(element: 192, many: true, base: 45_000, each: 34_000)
        // Evaluation of a KZG commitment (EIP-4844).
        case 0x0a: self.init(element: 192, base: 50_000)
        // BLS12-381 (EIP-2537): additions, sums of multiples, pairing, maps to the curves. Of a sum here is the price with the largest
        // discount, 519 and 524 thousandths of 12,000 and 22,500.
        case 0x0b: self.init(element: 256, base: 375)
        case 0x0c: self.init(element: 160, many: true, base: 0, each: 6_228)
        case 0x0d: self.init(element: 512, base: 600)
        case 0x0e: self.init(element: 288, many: true, base: 0, each: 11_790)
        case 0x0f: self.init(element: 384, many: true, base: 37_700, each: 32_600)
        case 0x10: self.init(element: 64, base: 5_500)
        case 0x11: self.init(element: 128, base: 23_800)
        // A signature over P-256 (EIP-7951): another size is no signature.
        case 0x0100: self.init(element: 160, base: 6_900, refusesSizes: false)
        default: return nil
        }
    }

    /// Fails what a contract would fail for its gas or its size alone.
    func run(_ size: Int, gas: Gas) -> Precompile.Answer {
        let price = base + (takesAnyNumber ? each * Gas(size / element) : 0)
        guard price <= gas else { return .failure(.outOfGas) }
        let fits = takesAnyNumber ? size % element == 0 : size == element
        return refusesSizes && !fits ? .failure(.precompileFailed) : .unsupported
    }
}
