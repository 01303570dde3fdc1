/// The instructions by number (Yellow Paper, appendix H, and the EIPs since). Every byte is one, so that a byte of code is a case
/// without a test; those that begin with `unused` are none at any fork.
enum Instruction: UInt8 {
    case stop, add, mul, sub, div, sdiv, mod, smod, addmod, mulmod, exp, signextend, unused0C, unused0D, unused0E,
        unused0F
    case lt, gt, slt, sgt, eq, iszero, and, or, xor, not, byte, shl, shr, sar, clz, unused1F
    case keccak256, unused21, unused22, unused23, unused24, unused25, unused26, unused27, unused28, unused29, unused2A,
        unused2B, unused2C, unused2D, unused2E, unused2F
    case address, balance, origin, caller, callvalue, calldataload, calldatasize, calldatacopy, codesize, codecopy,
        gasprice, extcodesize, extcodecopy, returndatasize, returndatacopy, extcodehash
    case blockhash, coinbase, timestamp, number, prevrandao, gaslimit, chainid, selfbalance, basefee, blobhash,
        blobbasefee, unused4B, unused4C, unused4D, unused4E, unused4F
    case pop, mload, mstore, mstore8, sload, sstore, jump, jumpi, pc, msize, gas, jumpdest, tload, tstore, mcopy, push0
    case push1, push2, push3, push4, push5, push6, push7, push8, push9, push10, push11, push12, push13, push14, push15,
        push16
    case push17, push18, push19, push20, push21, push22, push23, push24, push25, push26, push27, push28, push29, push30,
        push31, push32
    case dup1, dup2, dup3, dup4, dup5, dup6, dup7, dup8, dup9, dup10, dup11, dup12, dup13, dup14, dup15, dup16
    case swap1, swap2, swap3, swap4, swap5, swap6, swap7, swap8, swap9, swap10, swap11, swap12, swap13, swap14, swap15,
        swap16
    case log0, log1, log2, log3, log4, unusedA5, unusedA6, unusedA7, unusedA8, unusedA9, unusedAA, unusedAB, unusedAC,
        unusedAD, unusedAE, unusedAF
    case unusedB0, unusedB1, unusedB2, unusedB3, unusedB4, unusedB5, unusedB6, unusedB7, unusedB8, unusedB9, unusedBA,
        unusedBB, unusedBC, unusedBD, unusedBE, unusedBF
    case unusedC0, unusedC1, unusedC2, unusedC3, unusedC4, unusedC5, unusedC6, unusedC7, unusedC8, unusedC9, unusedCA,
        unusedCB, unusedCC, unusedCD, unusedCE, unusedCF
    case unusedD0, unusedD1, unusedD2, unusedD3, unusedD4, unusedD5, unusedD6, unusedD7, unusedD8, unusedD9, unusedDA,
        unusedDB, unusedDC, unusedDD, unusedDE, unusedDF
    case unusedE0, unusedE1, unusedE2, unusedE3, unusedE4, unusedE5, unusedE6, unusedE7, unusedE8, unusedE9, unusedEA,
        unusedEB, unusedEC, unusedED, unusedEE, unusedEF
    case create, call, callcode, `return`, delegatecall, create2, unusedF6, unusedF7, unusedF8, unusedF9, staticcall,
        unusedFB, unusedFC, revert, invalid, selfdestruct

    /// The instruction that a byte of code is.
    @inline(__always)
    init(byte: UInt8) {
        // Cases stand in the order of their numbers, none is left out, and so they lie in memory as these.
        self = unsafeBitCast(byte, to: Instruction.self)
    }
}
