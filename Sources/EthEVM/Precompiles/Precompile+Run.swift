import EthCrypto
import EthPrimitives
import EthTransactions

extension Precompile {
    /// Runs one. `address` is one at this fork. Never takes more than `gas`; nothing is computed before the gas is known to suffice.
    static func run(_ address: Address, _ input: UnsafeRawBufferPointer, gas: Gas, _ fork: Fork) -> Answer {
        let number = Precompile.number(of: address)
        switch number {
        case 0x01:
            return answer(Price.recover, of: gas) { recover(PrecompileInput(input)) }
        case 0x02:
            return answer(Price.sha256.total(input.count), of: gas) { SHA256.hash(input).bytes }
        case 0x03:
            return answer(Price.ripemd160.total(input.count), of: gas) {
                [UInt8](repeating: 0, count: 12) + RIPEMD160.hash(input).bytes
            }
        case 0x04:
            return answer(Price.identity.total(input.count), of: gas) { [UInt8](input) }
        case 0x05:
            return ModularExponentiation.run(PrecompileInput(input), gas: gas, fork)
        case 0x09:
            return Blake2F.run(input, gas: gas)
        default:
            return CurvePrecompile(number: number).map { $0.run(input.count, gas: gas) } ?? .unsupported
        }
    }

    /// Charges before it works.
    @inline(__always)
    private static func answer(_ price: Gas, of gas: Gas, _ work: () -> [UInt8]) -> Answer {
        price <= gas ? .output(gas: price, work()) : .failure(.outOfGas)
    }

    /// The account that signed a digest (Yellow Paper, appendix E): digest, v of 27 or 28 as a whole word, r, s; nothing if there is none.
    /// `s` may be in the upper half: EIP-2 is about transactions only.
    private static func recover(_ input: PrecompileInput) -> [UInt8] {
        let v = input.word(at: 32)
        guard v == 27 || v == 28 else { return [] }
        do {
            let signature = try Signature(r: input.word(at: 64), s: input.word(at: 96), yParity: v == 28)
            let signer = try signature.recoverAddress(input.word(at: 0).bigEndianBytes)
            return [UInt8](repeating: 0, count: 12) + signer.bytes
        } catch {
            // Whatever is wrong with it, the contract says so with an empty answer.
            return []
        }
    }
}

/// Gas of precompiled contracts (Yellow Paper, appendix E).
private struct Price {
    let base: Gas
    /// For each 32 bytes of input, rounded up.
    let word: Gas

    static let recover: Gas = 3_000
    static let sha256 = Price(base: 60, word: 12), ripemd160 = Price(base: 600, word: 120), identity = Price(base: 15, word: 3)

    func total(_ count: Int) -> Gas { base &+ word &* (Gas(count &+ 31) / 32) }
}
