extension Array where Element == UInt8 {
    /// Results up to this size are written on the stack and copied: the standard library's uninitialised arrays look their type up
    /// on every allocation (seen with Swift 6.3.1), which costs more than copying so little. Up to 1024 bytes are the stack's
    /// (`withUnsafeTemporaryAllocation`), 64 of them slack.
    @usableFromInline static var stackLimit: Int { 960 }

    /// An array of exactly `size` bytes, all of which `write` must write; it may touch `slack` bytes behind them, of which no more
    /// than 64 are asked for.
    @inlinable
    init(size: Int, slack: Int = 0, writtenBy write: (UnsafeMutableRawPointer) -> Void) {
        guard size > 0 else {
            self = []
            return
        }
        if size <= Self.stackLimit {
            self = withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { buffer in
                guard let address = buffer.baseAddress else { return [] }
                write(address)
                return Array(UnsafeRawBufferPointer(start: address, count: size))
            }
        } else {
            self.init(unsafeUninitializedCapacity: size + slack) { buffer, initialized in
                guard let address = buffer.baseAddress else { return }
                write(UnsafeMutableRawPointer(address))
                initialized = size
            }
        }
    }
}
