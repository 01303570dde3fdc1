import EthPrimitives
import EthTransactions

/// What is known of an instruction before it runs.
struct InstructionCost {
    /// Gas that it always takes.
    var gas: UInt16
    /// Bytes that the stack must have, 32 a word.
    var least: UInt16
    /// How many more it may have.
    var span: UInt16

    /// An instruction that there is not: no stack is high enough.
    static let undefined = InstructionCost(gas: 0, least: .max, span: 0)
}

/// The costs of all instructions at a fork; what depends on the operands comes on top where they run.
enum InstructionTable {
    /// The tables are made once for each set of rules and live as long as the process.
    static func table(_ fork: Fork) -> UnsafePointer<InstructionCost> {
        switch fork {
        case ..<Fork.shanghai: london
        case .shanghai: shanghai
        case ..<Fork.osaka: cancun
        default: osaka
        }
    }

    // Written when they are made, only read afterwards.
    private nonisolated(unsafe) static let london = make { _ in }
    private nonisolated(unsafe) static let shanghai = make { addShanghai($0) }
    private nonisolated(unsafe) static let cancun = make {
        addShanghai($0)
        addCancun($0)
    }
    private nonisolated(unsafe) static let osaka = make {
        addShanghai($0)
        addCancun($0)
        // EIP-7939.
        set($0, .clz, 5, takes: 1, gives: 1)
    }

    private typealias Table = UnsafeMutablePointer<InstructionCost>

    private static func make(_ additions: (Table) -> Void) -> UnsafePointer<InstructionCost> {
        let table = Table.allocate(capacity: 256)
        table.initialize(repeating: .undefined, count: 256)
        addLondon(table)
        additions(table)
        return UnsafePointer(table)
    }

    private static func set(_ table: Table, _ instruction: Instruction, _ gas: UInt16, takes: UInt16, gives: UInt16) {
        let most = UInt16(EVMLimits.stack) - (gives > takes ? gives - takes : 0)
        table[Int(instruction.rawValue)] = InstructionCost(gas: gas, least: 32 * takes, span: 32 * (most - takes))
    }

    /// Yellow Paper, appendix G, with EIP-1884, 2929, 3198 and 3529. Accesses to state cost what they find, so they begin at zero here.
    private static func addLondon(_ table: Table) {
        for (instruction, takes) in [(Instruction.stop, 0), (.return, 2), (.revert, 2)] as [(Instruction, UInt16)] {
            set(table, instruction, 0, takes: takes, gives: 0)
        }
        for instruction in [Instruction.address, .origin, .caller, .callvalue, .calldatasize, .codesize, .gasprice] {
            set(table, instruction, 2, takes: 0, gives: 1)
        }
        for instruction in [
            Instruction.returndatasize, .coinbase, .timestamp, .number, .prevrandao, .gaslimit, .chainid, .basefee, .pc, .msize,
            .gas,
        ] {
            set(table, instruction, 2, takes: 0, gives: 1)
        }
        for instruction in [
            Instruction.add, .sub, .lt, .gt, .slt, .sgt, .eq, .and, .or, .xor, .byte, .shl, .shr, .sar,
        ] {
            set(table, instruction, 3, takes: 2, gives: 1)
        }
        for instruction in [Instruction.iszero, .not, .calldataload, .mload] { set(table, instruction, 3, takes: 1, gives: 1) }
        for instruction in [Instruction.mstore, .mstore8] { set(table, instruction, 3, takes: 2, gives: 0) }
        for instruction in [Instruction.mul, .div, .sdiv, .mod, .smod, .signextend] {
            set(table, instruction, 5, takes: 2, gives: 1)
        }
        for instruction in [Instruction.addmod, .mulmod] { set(table, instruction, 8, takes: 3, gives: 1) }
        for instruction in [Instruction.calldatacopy, .codecopy, .returndatacopy] {
            set(table, instruction, 3, takes: 3, gives: 0)
        }
        set(table, .exp, 10, takes: 2, gives: 1)
        set(table, .keccak256, 30, takes: 2, gives: 1)
        set(table, .blockhash, 20, takes: 1, gives: 1)
        set(table, .selfbalance, 5, takes: 0, gives: 1)
        set(table, .pop, 2, takes: 1, gives: 0)
        set(table, .jump, 8, takes: 1, gives: 0)
        set(table, .jumpi, 10, takes: 2, gives: 0)
        set(table, .jumpdest, 1, takes: 0, gives: 0)
        for instruction in [Instruction.balance, .extcodesize, .extcodehash, .sload] {
            set(table, instruction, 0, takes: 1, gives: 1)
        }
        set(table, .extcodecopy, 0, takes: 4, gives: 0)
        set(table, .sstore, 0, takes: 2, gives: 0)
        for number in UInt8(0)..<32 { set(table, Instruction(byte: 0x60 + number), 3, takes: 0, gives: 1) }
        for number in UInt8(0)..<16 {
            set(table, Instruction(byte: 0x80 + number), 3, takes: UInt16(number) + 1, gives: UInt16(number) + 2)
            set(table, Instruction(byte: 0x90 + number), 3, takes: UInt16(number) + 2, gives: UInt16(number) + 2)
        }
        for number in UInt8(0)..<5 {
            set(table, Instruction(byte: 0xa0 + number), 375 * (UInt16(number) + 1), takes: UInt16(number) + 2, gives: 0)
        }
        set(table, .create, 32_000, takes: 3, gives: 1)
        set(table, .create2, 32_000, takes: 4, gives: 1)
        for instruction in [Instruction.call, .callcode] { set(table, instruction, 0, takes: 7, gives: 1) }
        for instruction in [Instruction.delegatecall, .staticcall] { set(table, instruction, 0, takes: 6, gives: 1) }
        set(table, .selfdestruct, 5_000, takes: 1, gives: 0)
    }

    /// EIP-3855.
    private static func addShanghai(_ table: Table) { set(table, .push0, 2, takes: 0, gives: 1) }

    /// EIP-1153, 4844, 5656, 7516.
    private static func addCancun(_ table: Table) {
        set(table, .tload, 100, takes: 1, gives: 1)
        set(table, .tstore, 100, takes: 2, gives: 0)
        set(table, .mcopy, 3, takes: 3, gives: 0)
        set(table, .blobhash, 3, takes: 1, gives: 1)
        set(table, .blobbasefee, 2, takes: 0, gives: 1)
    }
}
