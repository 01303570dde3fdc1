#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Secret bytes at a fixed place in memory, 32 unless said otherwise, overwritten when the last reference goes.
///
/// A class, because copies of a value would leave copies of the secret behind. Open to this package only, for key files and
/// derived keys.
package final class SecretBytes: Sendable {
    // Written only before `init` returns, then read only.
    private nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer
    private let ownsMemory: Bool

    package var count: Int { memory.count }

    /// Lets `fill` write the bytes; they begin as zero.
    /// - Parameter borrowed: memory to use instead of its own, for a test that looks at it afterwards.
    package init<Failure: Error>(
        count: Int = 32, in borrowed: UnsafeMutableRawBufferPointer? = nil,
        filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        memory = borrowed ?? .allocate(byteCount: count, alignment: 16)
        ownsMemory = borrowed == nil
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        try fill(memory)
    }

    deinit {
        Self.wipe(memory)
        if ownsMemory { memory.deallocate() }
    }

    /// Bytes of the system's generator.
    static func random() -> SecretBytes {
        SecretBytes(filledBy: { out in
            var generator = SystemRandomNumberGenerator()
            for offset in stride(from: 0, to: out.count, by: 8) {
                out.storeBytes(of: generator.next() as UInt64, toByteOffset: offset, as: UInt64.self)
            }
        })
    }

    package func withUnsafeBytes<R, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> R
    ) throws(Failure) -> R { try body(UnsafeRawBufferPointer(memory)) }

    /// Overwrites with zeros in a way that the optimiser may not drop.
    package static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        guard let base = memory.baseAddress else { return }
        #if canImport(Darwin)
            memset_s(base, memory.count, 0, memory.count)
        #else
            explicit_bzero(base, memory.count)
        #endif
    }
}
