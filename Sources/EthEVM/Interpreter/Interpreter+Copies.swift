import EthPrimitives

/// Instructions that copy bytes.
extension Interpreter {
    /// A word that CALLDATACOPY and its relatives copy (Yellow Paper, G_copy).
    private static let gasPerCopiedWord: Gas = 3

    /// Copies from bytes to memory, zeros where they have ended. `false` if the gas does not suffice.
    func copy(
        _ bytes: UnsafeRawBufferPointer, to target: UInt256, from source: UInt256, _ size: UInt256, _ frame: Frame
    ) -> Bool {
        guard let (start, size) = frame.expand(target, size), pay(frame, Self.gasPerCopiedWord, size) else { return false }
        guard size > 0 else { return true }
        let out = frame.memory + start
        let from = min(Int(clamping: source), bytes.count)
        let present = min(size, bytes.count - from)
        if present > 0, let base = bytes.baseAddress {
            UnsafeMutableRawPointer(out).copyMemory(from: base + from, byteCount: present)
        }
        if present < size { (out + present).update(repeating: 0, count: size - present) }
        return true
    }

    /// The gas for the access is paid already.
    func copyCode(
        of place: Int, to target: UInt256, from source: UInt256, _ size: UInt256, _ frame: Frame
    ) -> Bool {
        state.load(place)
        let code = state.accounts[place].code
        return withExtendedLifetime(code) {
            copy(
                UnsafeRawBufferPointer(start: code.program, count: code.bytes.count), to: target, from: source, size, frame)
        }
    }

    /// Unlike the others it may not read beyond the end.
    func copyReturnData(
        _ frame: Frame, to target: UInt256, from source: UInt256, _ size: UInt256
    ) -> Halt? {
        let (end, overflow) = source.addingReportingOverflow(size)
        guard !overflow, end <= UInt256(UInt64(frame.returnData.count)) else { return .returnDataOutOfBounds }
        return copy(frame.returnData, to: target, from: source, size, frame) ? nil : .outOfGas
    }

    /// MCOPY (EIP-5656): the two places may overlap.
    func copyMemory(_ frame: Frame, to target: UInt256, from source: UInt256, _ size: UInt256) -> Bool {
        guard size != .zero else { return true }
        guard let (from, count) = frame.expand(source, size), let (to, _) = frame.expand(target, size),
            pay(frame, Self.gasPerCopiedWord, count)
        else { return false }
        UnsafeMutableRawPointer(frame.memory + to).copyMemory(from: frame.memory + from, byteCount: count)
        return true
    }
}
