import EthEVM
import EthPrimitives
import EthTransactions

/// Programs of which is known how they end, at the limits and one step beyond.
enum LimitProgram {
    static func make(_ dice: inout Dice, _ fork: Fork) -> (code: [UInt8], outcome: FrameOutcome) {
        var code = CodeWriter(hasPush0: false)
        let isBeyond = dice.chance(50)
        switch dice.below(9) {
        case 0:
            // As many words as the stack holds, or one more.
            for _ in 0..<(1_024 + (isBeyond ? 1 : 0)) { code.add(dice.pick([0x30, 0x36, 0x58, 0x5a])) }
            code.add(0x00)
            return (code.bytes, isBeyond ? .halted(.stackOverflow) : .succeeded)
        case 1:
            // One word less than DUP or SWAP reaches.
            let depth = 1 + dice.below(16)
            let isSwap = dice.chance(50)
            for _ in 0..<(depth + (isSwap ? 1 : 0) - (isBeyond ? 1 : 0)) { code.add(0x30) }
            code.add(UInt8(depth - 1) + (isSwap ? 0x90 : 0x80), 0x00)
            return (code.bytes, isBeyond ? .halted(.stackUnderflow) : .succeeded)
        case 2:
            // Return data of the identity contract, to its last byte or over it.
            let (size, offset) = (dice.below(70), dice.below(70))
            for operand in [0, 0, size, 0, 4] { code.push(operand) }
            code.add(0x61, 0xff, 0xff, 0xfa, 0x50)
            let count = max(0, size - offset) + (isBeyond || offset > size ? 1 : 0)
            for operand in [count, offset, 0] { code.push(operand) }
            code.add(0x3e, 0x00)
            return (code.bytes, offset + count > size ? .halted(.returnDataOutOfBounds) : .succeeded)
        case 3:
            // A jump to what is the data of a PUSH, or right behind it.
            code.add(0x60, isBeyond ? 4 : 5, 0x56, 0x60, 0x5b, 0x5b, 0x00)
            return (code.bytes, isBeyond ? .halted(.invalidJump) : .succeeded)
        case 4:
            // Memory that no gas pays for.
            code.push(dice.edge() | UInt256(UInt64(1) << 40))
            code.add(dice.pick([0x51, 0x51]), 0x00)
            return (code.bytes, .halted(.outOfGas))
        case 5, 6: return (undone(&dice, fork), .succeeded)
        case 7 where fork >= .cancun:
            // Transient storage is empty at the beginning, then not: two transactions tell whether it lasts.
            code.add(0x60, 9, 0x5c, 0x60, 12, 0x57, 0x60, 1, 0x60, 9, 0x5d, 0x00, 0x5b, 0xfe)
            return (code.bytes, .succeeded)
        default:
            // A write, a log or a creation in a static call of itself fails that call alone.
            code.add(0x36)
            let label = code.pushLabel()
            code.add(0x57)
            for operand in [0, 0, 1, 0] { code.push(operand) }
            code.add(0x30, 0x61, 0xc3, 0x50, 0xfa)
            // The call has failed: 0 is on the stack, and what must not happen is an invalid instruction.
            let failed = code.pushLabel()
            code.add(0x57)
            code.add(0x00)
            code.land(failed)
            code.add(0xfe)
            code.land(label)
            for _ in 0..<4 { code.push(0) }
            code.add(dice.pick([0x55, 0xa0, 0xa1, 0xf0, 0xf5, 0xff]), 0x00)
            return (code.bytes, .succeeded)
        }
    }

    /// Calls itself; inside it does something and fails, outside it finds nothing of it, or ends with an invalid instruction.
    private static func undone(_ dice: inout Dice, _ fork: Fork) -> [UInt8] {
        var code = CodeWriter(hasPush0: false)
        code.add(0x36)
        let inner = code.pushLabel()
        code.add(0x57)
        for operand in [0, 0, 1, 0] { code.push(operand) }
        let instruction: UInt8 = dice.pick([0xf1, 0xf2, 0xf4])
        if instruction <= 0xf2 { code.push(0) }
        code.add(0x30, 0x61, 0xc3, 0x50, instruction, 0x50)
        let deed: [UInt8]
        switch dice.below(fork >= .cancun ? 5 : 4) {
        case 0:
            deed = [0x60, 1, 0x60, 9, 0x55]
            code.add(0x60, 9, 0x54)
        case 1:
            // A slot that was read is cold again, at 2,100 gas.
            deed = [0x60, 9, 0x54]
            code.add(0x61, 0x08, 0x34, 0x5a, 0x60, 9, 0x54, 0x50, 0x5a, 0x90, 0x03, 0x10)
        case 2:
            // And an account, at 2,600.
            deed = [0x60, 0xfe, 0x31]
            code.add(0x61, 0x0a, 0x28, 0x5a, 0x60, 0xfe, 0x31, 0x50, 0x5a, 0x90, 0x03, 0x10)
        case 3:
            // Ether that was sent is there again.
            deed = [0x60, 0, 0x60, 0, 0x60, 0, 0x60, 0, 0x60, 1, 0x60, 0xfe, 0x61, 0x80, 0x00, 0xf1]
            code.add(0x60, 0xfe, 0x31)
        default:
            deed = [0x60, 1, 0x60, 9, 0x5d]
            code.add(0x60, 9, 0x5c)
        }
        let failed = code.pushLabel()
        code.add(0x57, 0x00)
        code.land(failed)
        code.add(0xfe)
        code.land(inner)
        code.add(bytes: deed)
        code.add(bytes: dice.pick([[0xfe], [0x60, 0, 0x60, 0, 0xfd], [0x50, 0x50, 0x50]]))
        return code.bytes
    }

    /// Calls itself as often as the depth allows, in one of the four ways; it answers how deep it came, beginning at 1.
    static func deep(_ dice: inout Dice) -> [UInt8] {
        var code = CodeWriter(hasPush0: false)
        let instruction: UInt8 = dice.pick([0xf1, 0xf2, 0xf4, 0xfa])
        for operand in [32, 0, 0, 0] { code.push(operand) }
        if instruction <= 0xf2 { code.push(0) }
        code.push(FuzzAddresses.main)
        code.add(0x5a, instruction, 0x50)
        // What the inner call answered, nothing if it was refused, and one.
        for operand in [0] { code.push(operand) }
        code.add(0x51, 0x60, 1, 0x01, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0xf3)
        return code.bytes
    }
}
