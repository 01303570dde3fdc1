import EthPrimitives

/// A call in execution. Frames are kept by depth and used again with their stack and memory.
final class Frame {
    let stack = UnsafeMutablePointer<UInt256>.allocate(capacity: EVMLimits.stack)
    private(set) var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 4_096)
    private(set) var memoryCapacity = 4_096
    /// Bytes in use, a multiple of 32; those beyond are not zero.
    private(set) var memorySize = 0

    // What it runs as.
    var kind = FrameTrace.Kind.call
    var code = Bytecode.empty
    /// Whose storage and balance it works on, and its place.
    var address = Address.zero
    var account = 0
    var caller = Address.zero
    var value = UInt256.zero
    /// Bytes of somebody who waits until this frame is done.
    var input = UnsafeRawBufferPointer(start: nil, count: 0)
    var isStatic = false
    var gasGiven: Gas = 0
    var checkpoint = JournaledState.Checkpoint(journal: 0, logs: 0, logData: 0, refund: 0)
    /// Where its caller wants what it returns.
    var resultOffset = 0
    var resultSize = 0

    // Where it stands while another frame runs.
    var pc: UnsafePointer<UInt8>
    var stackPointer: UnsafeMutablePointer<UInt256>
    var gas: Gas = 0

    // What it ends with, or what its last call returned.
    var outcome = FrameOutcome.succeeded
    var output = UnsafeRawBufferPointer(start: nil, count: 0)
    var returnData = UnsafeRawBufferPointer(start: nil, count: 0)

    init() {
        pc = Bytecode.empty.program
        stackPointer = stack
    }

    deinit {
        stack.deallocate()
        memory.deallocate()
    }

    /// Begins anew with code and gas.
    func begin(_ code: Bytecode, gas: Gas) {
        self.code = code
        self.gas = gas
        gasGiven = gas
        pc = code.program
        stackPointer = stack
        memorySize = 0
        isTooLarge = false
        outcome = .succeeded
        output = UnsafeRawBufferPointer(start: nil, count: 0)
        returnData = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Takes gas if there is enough.
    @inline(__always)
    func pay(_ price: Gas) -> Bool {
        guard gas >= price else { return false }
        gas &-= price
        return true
    }

    // MARK: Memory

    /// Gas for each word of memory, and for the square of their number by the divisor (Yellow Paper, equation 326).
    private static let gasPerWord: UInt64 = 3
    private static let quadraticDivisor: UInt64 = 512
    /// Beyond it no gas suffices (2³¹ words cost 2⁵³), and the square still fits 64 bits.
    private static let wordLimit: UInt64 = 1 << 31

    /// Where bytes begin that are usable already.
    @inline(__always)
    func inMemory(_ offset: UInt256, _ size: Int) -> Int? {
        guard let low = offset.asUInt64, low &+ UInt64(size) <= UInt64(memorySize), low < UInt64(memorySize) else { return nil }
        return Int(truncatingIfNeeded: low)
    }

    /// Makes bytes usable and pays for it, of a size from the stack; nothing is needed for no bytes, wherever they begin. `nil` if the
    /// gas does not suffice.
    @inline(__always)
    func expand(_ offset: UInt256, _ size: UInt256) -> (offset: Int, size: Int)? {
        if size == .zero { return (0, 0) }
        guard let start = expandSlowly(offset, size) else { return nil }
        return (start, Int(truncatingIfNeeded: size.limbs.0))
    }

    @inline(never)
    func expandSlowly(_ offset: UInt256, _ size: UInt256) -> Int? {
        guard let low = offset.asUInt64, let count = size.asUInt64 else { return nil }
        let (end, overflow) = low.addingReportingOverflow(count)
        guard !overflow, end <= Self.wordLimit * 32 else { return nil }
        let words = (end + 31) / 32
        let present = UInt64(memorySize / 32)
        guard words > present else { return Int(low) }
        let cost = Self.cost(words) - Self.cost(present)
        guard gas >= cost else { return nil }
        gas -= cost
        guard memoryBelow + Int(words) * 32 <= EVMLimits.memory else {
            isTooLarge = true
            return nil
        }
        grow(to: Int(words) * 32)
        return Int(low)
    }

    private static func cost(_ words: UInt64) -> Gas { words * gasPerWord + words * words / quadraticDivisor }

    /// Bytes that the frames which wait for this one use.
    var memoryBelow = 0
    /// It ended because the process would need too much memory, not because the gas did not suffice.
    private(set) var isTooLarge = false

    private func grow(to size: Int) {
        if size > memoryCapacity {
            let capacity = max(size, memoryCapacity * 2)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            larger.update(from: memory, count: memorySize)
            memory.deallocate()
            memory = larger
            memoryCapacity = capacity
        }
        (memory + memorySize).update(repeating: 0, count: size - memorySize)
        memorySize = size
    }

    /// Puts bytes that nobody else keeps where this frame's memory is, for a caller to read.
    func hold(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        memorySize = 0
        grow(to: (bytes.count + 31) / 32 * 32)
        bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { memory.update(from: base, count: $0.count) } }
        return UnsafeRawBufferPointer(start: memory, count: bytes.count)
    }

    /// Gives back memory that grew large.
    func trim() {
        guard memoryCapacity > 1 << 20 else { return }
        memory.deallocate()
        memory = .allocate(capacity: 4_096)
        memoryCapacity = 4_096
        memorySize = 0
    }
}
