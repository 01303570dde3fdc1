import EthEVM
import EthPrimitives
import EthTransactions

/// What must hold between a frame and those inside it.
struct TraceLaws {
    /// What a walk through the frames found.
    private(set) var depth = 0
    private(set) var frames = 0
    /// Who ended with SELFDESTRUCT in frames that nothing undid.
    private(set) var destroyed: Set<Address> = []
    private(set) var writes = 0
    /// Of frames that nothing undid.
    private(set) var logs: [EVMLog] = []

    private let fork: Fork

    init(_ fork: Fork) { self.fork = fork }

    /// Gas of a transfer of ether that the called contract gets for nothing (Yellow Paper, G_callstipend).
    private static let stipend: Gas = 2_300
    private static let blake2F = Address(lowBytesOf: UInt256(UInt64(9)).bigEndianBytes)

    mutating func check(_ outermost: FrameTrace) throws(Violation) {
        try check(outermost, depth: 0, isStatic: false, lasts: outermost.outcome.succeeded)
    }

    private mutating func check(_ frame: FrameTrace, depth: Int, isStatic: Bool, lasts: Bool) throws(Violation) {
        self.depth = max(self.depth, depth)
        frames += 1
        writes += frame.writes.count
        let isStatic = isStatic || frame.kind == .staticCall
        try checkGas(frame)
        try checkOutcome(frame, depth, isStatic)
        let context = Self.context(frame)
        if isStatic { try demand(frame.logs.isEmpty && frame.writes.isEmpty, "a static frame logs or writes") }
        try demand(frame.logs.allSatisfy { $0.address == context }, "a log of another address than \(context)")
        try demand(frame.writes.allSatisfy { $0.address == context }, "a write to another address than \(context)")
        if lasts { logs += frame.logs }
        var used: Gas = 0
        for child in frame.children {
            if child.kind == .selfDestruct {
                try demand(!isStatic, "SELFDESTRUCT in a static frame")
                if lasts { destroyed.insert(child.from) }
                continue
            }
            try checkFamily(frame, child, context, isStatic)
            used += child.gasUsed
            try check(child, depth: depth + 1, isStatic: isStatic, lasts: lasts && child.outcome.succeeded)
        }
        try demand(used <= frame.gasUsed, "children used \(used) of \(frame.gasUsed)")
    }

    private func checkGas(_ frame: FrameTrace) throws(Violation) {
        try demand(frame.gasUsed <= frame.gasGiven, "a frame used \(frame.gasUsed) of \(frame.gasGiven)")
        switch frame.outcome {
        case .halted:
            try demand(frame.gasUsed == frame.gasGiven, "a frame halted with \(frame.gasGiven - frame.gasUsed) gas left")
            try demand(frame.output.isEmpty, "a frame halted with output")
        case .refused: try demand(frame.gasUsed == 0 && frame.output.isEmpty && frame.children.isEmpty, "a refused frame ran")
        case .reverted, .succeeded: break
        }
        if !frame.outcome.succeeded { try demand(frame.refund == 0, "a frame that failed keeps a refund of \(frame.refund)") }
        // Output lies in memory, at 3 gas a word at least; precompiled contracts take as much for theirs, but for BLAKE2F in no rounds.
        let words = Gas((frame.output.count + 31) / 32)
        let paid = words * 3 <= frame.gasUsed || frame.to == Self.blake2F && words == 2
        try demand(paid, "\(frame.output.count) bytes of output for \(frame.gasUsed) gas")
        try demand(frame.output.count <= EVMLimits.memory && frame.input.count <= EVMLimits.memory, "more bytes than memory")
    }

    private func checkOutcome(_ frame: FrameTrace, _ depth: Int, _ isStatic: Bool) throws(Violation) {
        try demand(depth <= EVMLimits.depth || frame.outcome == .refused(.depth), "a frame at depth \(depth)")
        let creates = frame.kind == .create || frame.kind == .create2
        switch frame.outcome {
        case .refused(.depth): try demand(depth == EVMLimits.depth + 1, "refused for its depth at \(depth)")
        case .refused(.insufficientBalance): try demand(frame.value != .zero, "refused for no value")
        case .refused(.nonceOverflow): try demand(creates, "a call refused for a nonce")
        case .halted(.writeInStaticCall): try demand(isStatic, "halted for a write, but not static")
        case .halted(.codeTooLarge), .halted(.codeRejected), .halted(.createCollision):
            try demand(creates, "a call ended as creations do: \(frame.outcome)")
        case .halted(.initCodeTooLarge): try demand(fork >= .shanghai, "initialisation code had no limit")
        default: break
        }
        if creates, frame.outcome.succeeded {
            try demand(frame.output.count <= 24_576 && frame.output.first != 0xef, "code that must not be kept")
        }
    }

    private func checkFamily(
        _ frame: FrameTrace, _ child: FrameTrace, _ context: Address, _ isStatic: Bool
    ) throws(Violation) {
        let creates = child.kind == .create || child.kind == .create2
        try demand(!isStatic || !creates, "a creation in a static frame")
        try demand(child.from == context, "a frame from \(child.from) inside one of \(context)")
        let withValue = (child.kind == .call || child.kind == .callCode) && child.value != .zero
        try demand(!isStatic || !withValue || child.kind == .callCode, "ether moved in a static frame")
        if child.kind == .delegateCall { try demand(child.value == frame.value, "DELEGATECALL has another value") }
        if child.kind == .staticCall { try demand(child.value == .zero, "STATICCALL has a value") }
        let most = frame.gasGiven - frame.gasGiven / 64 + (withValue ? Self.stipend : 0)
        try demand(child.gasGiven <= most, "a frame got \(child.gasGiven) from \(frame.gasGiven)")
    }

    /// Whose storage a frame works on.
    private static func context(_ frame: FrameTrace) -> Address {
        frame.kind == .delegateCall || frame.kind == .callCode ? frame.from : frame.to
    }
}
