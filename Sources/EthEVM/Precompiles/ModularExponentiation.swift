import EthPrimitives
import EthTransactions

/// The contract at 0x05: base ^ exponent mod modulus, each of the length that the input names (EIP-198).
enum ModularExponentiation {
    /// Bytes that a number may have from Osaka on (EIP-7823).
    static let lengthCap: UInt64 = 1_024
    /// Bytes of base or modulus that are not worked on before it: they cost six thousand million gas, more than any block has.
    static let lengthLimit: UInt64 = 1 << 20

    /// Where the numbers begin, behind their three lengths.
    private static let headerSize = 96

    static func run(_ input: PrecompileInput, gas: Gas, _ fork: Fork) -> Precompile.Answer {
        let lengths = (base: input.word(at: 0), exponent: input.word(at: 32), modulus: input.word(at: 64))
        let cap = UInt256(lengthCap)
        if fork >= .osaka, lengths.base > cap || lengths.exponent > cap || lengths.modulus > cap {
            return .failure(.precompileFailed)
        }
        guard let base = lengths.base.asUInt64, let modulus = lengths.modulus.asUInt64,
            let price = price(base, lengths.exponent, modulus, input, fork), price <= gas
        else { return .failure(.outOfGas) }
        if modulus == 0 { return .output(gas: price, []) }
        guard max(base, modulus) <= lengthLimit else { return .unsupported }
        // The gas pays for less than 2⁶³ bytes of it.
        guard let exponent = lengths.exponent.asUInt64.flatMap({ Int(exactly: $0) }) else { return .failure(.outOfGas) }
        let exponentAt = headerSize + Int(base)
        let (modulusAt, overflow) = exponentAt.addingReportingOverflow(exponent)
        let power = ModularPower(
            base: .init(input.slice(at: headerSize, Int(base)), count: Int(base)),
            exponent: .init(input.slice(at: exponentAt, exponent), count: exponent),
            modulus: .init(input.slice(at: overflow ? .max : modulusAt, Int(modulus)), count: Int(modulus)))
        return .output(gas: price, power.bigEndianBytes())
    }

    /// EIP-2565, from Osaka EIP-7883; `nil` above 2⁶⁴ - 1.
    private static func price(
        _ base: UInt64, _ exponent: UInt256, _ modulus: UInt64, _ input: PrecompileInput, _ fork: Fork
    ) -> Gas? {
        let longest = max(base, modulus)
        let words = UInt128(longest / 8 + (longest % 8 == 0 ? 0 : 1))
        let work: UInt128
        let rules: (bytePrice: UInt64, divisor: UInt128, least: Gas)
        if fork >= .osaka {
            work = longest <= 32 ? 16 : 2 * words * words
            rules = (16, 1, 500)
        } else {
            work = words * words
            rules = (8, 3, 200)
        }
        guard let rounds = rounds(base, exponent, input, rules.bytePrice) else { return work == 0 ? rules.least : nil }
        let (cost, overflow) = work.multipliedReportingOverflow(by: rounds)
        return overflow ? nil : Gas(exactly: cost / rules.divisor).map { max(rules.least, $0) }
    }

    /// How often is squared, as the two proposals count: the place of the top bit in the first 32 bytes, and `bytePrice` for each byte
    /// behind them. At least one; `nil` for what no gas can pay.
    private static func rounds(_ base: UInt64, _ exponent: UInt256, _ input: PrecompileInput, _ bytePrice: UInt64) -> UInt128? {
        guard let length = exponent.asUInt64 else { return nil }
        let start = UInt64(headerSize).addingReportingOverflow(base)
        var head = start.overflow ? .zero : Int(exactly: start.partialValue).map { input.word(at: $0) } ?? .zero
        if length < 32 { head = head >> (256 - 8 * Int(length)) }
        let topBit = head == .zero ? 0 : UInt128(255 - head.leadingZeroBitCount)
        let behind = length > 32 ? UInt128(length - 32) : 0
        return max(1, behind * UInt128(bytePrice) + topBit)
    }
}
