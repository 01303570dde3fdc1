import EthPrimitives
import EthTransactions

/// Programs whose instructions mostly find the operands that they need.
struct Grammar {
    private var code: CodeWriter
    /// Words on the stack, as far as this knows.
    private var height = 0

    private let fork: Fork

    private init(_ fork: Fork) {
        self.fork = fork
        code = CodeWriter(hasPush0: fork >= .shanghai)
    }

    /// A program of about so many pieces.
    static func program(_ dice: inout Dice, _ fork: Fork, pieces: Int) -> [UInt8] {
        var grammar = Grammar(fork)
        for _ in 0..<max(1, pieces) { grammar.piece(&dice, nesting: 0) }
        grammar.end(&dice)
        return grammar.code.bytes
    }

    // MARK: Words on the stack

    private mutating func push(_ word: UInt256) {
        code.push(word)
        height += 1
    }

    /// Takes operands that were pushed, gives results.
    private mutating func apply(_ instruction: UInt8, takes: Int, gives: Int) {
        code.add(instruction)
        height += gives - takes
    }

    private mutating func need(_ count: Int, _ dice: inout Dice) {
        while height < count { push(dice.word()) }
    }

    // MARK: Pieces

    private mutating func piece(_ dice: inout Dice, nesting: Int) {
        if height > 900 { return drop(&dice) }
        switch dice.weighed([24, 16, 16, 10, 12, 7, nesting < 2 ? 5 : 0, 12, 3, 3, 1]) {
        case 0: arithmetic(&dice)
        case 1: memory(&dice)
        case 2: storage(&dice)
        case 3: surroundings(&dice)
        case 4: shuffle(&dice)
        case 5: jump(&dice)
        case 6: loop(&dice, nesting: nesting)
        case 7: call(&dice)
        case 8: create(&dice)
        case 9: log(&dice)
        default: if dice.chance(20) { code.add(dice.byte()) }
        }
    }

    private mutating func drop(_ dice: inout Dice) {
        for _ in 0..<min(height, 1 + dice.below(8)) { apply(0x50, takes: 1, gives: 0) }
    }

    private mutating func arithmetic(_ dice: inout Dice) {
        switch dice.below(10) {
        case 0:
            need(3, &dice)
            apply(dice.pick([0x08, 0x09]), takes: 3, gives: 1)
        case 1:
            need(1, &dice)
            apply(dice.pick(fork >= .osaka ? [0x15, 0x19, 0x1e] : [0x15, 0x19]), takes: 1, gives: 1)
        default:
            if dice.chance(50) { push(dice.word()) }
            need(2, &dice)
            let instructions: [UInt8] = [
                0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0a, 0x0b, 0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1b,
                0x1c, 0x1d,
            ]
            apply(dice.pick(instructions), takes: 2, gives: 1)
        }
    }

    private mutating func memory(_ dice: inout Dice) {
        switch dice.below(11) {
        case 0, 1:
            push(dice.size())
            apply(0x51, takes: 1, gives: 1)
        case 2...4:
            push(dice.word())
            push(dice.size())
            apply(dice.pick([0x52, 0x52, 0x53]), takes: 2, gives: 0)
        case 5, 6:
            push(dice.size())
            push(dice.size())
            apply(0x20, takes: 2, gives: 1)
        case 7:
            for _ in 0..<3 { push(dice.size()) }
            apply(fork >= .cancun ? 0x5e : 0x37, takes: 3, gives: 0)
        case 8:
            for _ in 0..<3 { push(dice.size()) }
            code.push(dice.pick(FuzzAddresses.addresses))
            height += 1
            apply(0x3c, takes: 4, gives: 0)
        case 9:
            // Mostly within what the last call returned.
            if dice.chance(92) {
                apply(0x3d, takes: 0, gives: 1)
                push(.zero)
            } else {
                push(dice.size())
                push(dice.size())
            }
            push(dice.size())
            apply(0x3e, takes: 3, gives: 0)
        default:
            for _ in 0..<3 { push(dice.size()) }
            apply(dice.pick([0x37, 0x39]), takes: 3, gives: 0)
        }
    }

    private mutating func storage(_ dice: inout Dice) {
        let isTransient = fork >= .cancun && dice.chance(25)
        let key = dice.chance(90) ? UInt256(UInt64(dice.below(6))) : dice.word()
        if dice.chance(40) {
            push(key)
            apply(isTransient ? 0x5c : 0x54, takes: 1, gives: 1)
        } else {
            if dice.chance(70) || height == 0 { push(dice.chance(40) ? .zero : UInt256(UInt64(dice.below(4)))) }
            push(key)
            apply(isTransient ? 0x5d : 0x55, takes: 2, gives: 0)
        }
    }

    private mutating func surroundings(_ dice: inout Dice) {
        switch dice.below(4) {
        case 0:
            code.push(dice.pick(FuzzAddresses.addresses))
            height += 1
            apply(dice.pick([0x31, 0x3b, 0x3f]), takes: 1, gives: 1)
        case 1:
            push(dice.size())
            apply(dice.pick(fork >= .cancun ? [0x35, 0x40, 0x49] : [0x35, 0x40]), takes: 1, gives: 1)
        default:
            let instructions: [UInt8] = [
                0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x58, 0x59, 0x5a,
            ]
            let isBlobFee = fork >= .cancun && dice.chance(4)
            apply(isBlobFee ? 0x4a : dice.pick(instructions), takes: 0, gives: 1)
        }
    }

    private mutating func shuffle(_ dice: inout Dice) {
        need(1, &dice)
        switch dice.below(3) {
        case 0: apply(0x80 + UInt8(dice.below(min(16, height))), takes: 0, gives: 1)
        case 1:
            need(2, &dice)
            apply(0x90 + UInt8(dice.below(min(16, height - 1))), takes: 0, gives: 0)
        default: apply(0x50, takes: 1, gives: 0)
        }
    }

    /// Over bytes that are never run, or over a piece that may be.
    private mutating func jump(_ dice: inout Dice) {
        if dice.chance(50) {
            let label = code.pushLabel()
            code.add(0x56)
            code.add(bytes: dice.bytes(dice.below(12)))
            // A PUSH among them could hide what follows.
            for _ in 0..<33 where dice.chance(3) { code.add(0x5b) }
            code.land(label)
        } else {
            push(dice.chance(50) ? .zero : dice.word())
            let label = code.pushLabel()
            apply(0x57, takes: 1, gives: 0)
            let before = height
            arithmetic(&dice)
            while height > before { apply(0x50, takes: 1, gives: 0) }
            code.land(label)
        }
    }

    private mutating func loop(_ dice: inout Dice, nesting: Int) {
        push(UInt256(UInt64(1 + dice.below(12))))
        let start = code.bytes.count
        code.add(0x5b)
        let before = height
        for _ in 0..<(1 + dice.below(3)) { piece(&dice, nesting: nesting + 1) }
        while height > before { apply(0x50, takes: 1, gives: 0) }
        need(before, &dice)
        // One less, and again unless that is zero.
        code.add(0x60, 1, 0x90, 0x03, 0x80)
        code.pushLabel(start)
        code.add(0x57)
        apply(0x50, takes: 1, gives: 0)
    }

    private mutating func call(_ dice: inout Dice) {
        let instruction: UInt8 = dice.pick([0xf1, 0xf1, 0xf2, 0xf4, 0xfa])
        for _ in 0..<4 { push(dice.chance(30) ? .zero : dice.size()) }
        if instruction <= 0xf2 { push(dice.chance(60) ? .zero : dice.word()) }
        switch dice.below(10) {
        case ..<6: code.push(dice.pick(FuzzAddresses.addresses))
        case ..<9: code.push(dice.pick([1, 2, 3, 4, 5, 9, 1, 2, 3, 4, 5, 9, 6, 0x0a, 0x0b, 0x0100]))
        default: code.push(dice.word())
        }
        height += 1
        if dice.chance(60) { apply(0x5a, takes: 0, gives: 1) } else { push(dice.word()) }
        let takes = instruction <= 0xf2 ? 7 : 6
        apply(instruction, takes: takes, gives: 1)
    }

    private mutating func create(_ dice: inout Dice) {
        let isSalted = dice.chance(50)
        if isSalted { push(UInt256(UInt64(dice.below(2)))) }
        switch dice.below(4) {
        case 0:
            // Its own code.
            apply(0x38, takes: 0, gives: 1)
            code.add(0x80)
            height += 1
            push(.zero)
            push(.zero)
            apply(0x39, takes: 3, gives: 0)
            push(.zero)
        case 1:
            push(dice.size())
            push(dice.size())
        default:
            // Up to 32 bytes that were made for it.
            let initCode = dice.chance(70) ? Self.deployer(&dice) : dice.bytes(32)
            var word = [UInt8](initCode.prefix(32))
            word += [UInt8](repeating: 0, count: 32 - word.count)
            code.add(bytes: [0x7f] + word)
            height += 1
            push(.zero)
            apply(0x52, takes: 2, gives: 0)
            push(UInt256(UInt64(initCode.count)))
            push(.zero)
        }
        push(dice.chance(70) ? .zero : UInt256(UInt64(dice.below(3))))
        let takes = isSalted ? 4 : 3
        apply(isSalted ? 0xf5 : 0xf0, takes: takes, gives: 1)
    }

    /// Initialisation code that returns a few bytes: a contract that destroys itself, stores, or is no code at all.
    static func deployer(_ dice: inout Dice) -> [UInt8] {
        let runtime: [UInt8] = dice.pick([
            [0x33, 0xff], [0x30, 0xff], [0x60, 1, 0x60, 0, 0x55], [0xef], [0xef, 1], [], [0xfe], [0x5b],
        ])
        var code: [UInt8] = []
        for (index, byte) in runtime.enumerated() { code += [0x60, byte, 0x60, UInt8(index), 0x53] }
        if dice.chance(20) { code += [0x60, 1, 0x60, 2, 0x55] }
        return code + [0x60, UInt8(runtime.count), 0x60, 0, dice.chance(90) ? 0xf3 : 0xfd]
    }

    private mutating func log(_ dice: inout Dice) {
        let topics = dice.below(5)
        for _ in 0..<topics { push(dice.word()) }
        push(dice.size())
        push(dice.size())
        apply(0xa0 + UInt8(topics), takes: topics + 2, gives: 0)
    }

    private mutating func end(_ dice: inout Dice) {
        switch dice.below(10) {
        case ..<4:
            push(dice.size())
            push(dice.size())
            code.add(0xf3)
        case ..<6:
            push(dice.size())
            push(dice.size())
            code.add(0xfd)
        case 6:
            code.push(dice.pick(FuzzAddresses.addresses))
            code.add(0xff)
        case 7: code.add(0xfe)
        default: code.add(0x00)
        }
    }
}
