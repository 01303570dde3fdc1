#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// 32 secret bytes at a fixed place in memory, overwritten when the last reference goes.
///
/// A class, because copies of a value would leave copies of the secret behind.
final class SecretBytes: Sendable {
    static let count = 32

    // Written only before `init` returns, then read only.
    private nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer

    /// Lets `fill` write the bytes; they begin as zero.
    init<Failure: Error>(filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        memory = .allocate(byteCount: Self.count, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        try fill(memory)
    }

    deinit {
        Self.wipe(memory)
        memory.deallocate()
    }

    /// Bytes of the system's generator.
    static func random() -> SecretBytes {
        SecretBytes(filledBy: { out in
            var generator = SystemRandomNumberGenerator()
            for offset in stride(from: 0, to: count, by: 8) {
                out.storeBytes(of: generator.next() as UInt64, toByteOffset: offset, as: UInt64.self)
            }
        })
    }

    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { body(UnsafeRawBufferPointer(memory)) }

    /// Overwrites with zeros in a way that the optimiser may not drop.
    static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        guard let base = memory.baseAddress else { return }
        #if canImport(Darwin)
            memset_s(base, memory.count, 0, memory.count)
        #else
            explicit_bzero(base, memory.count)
        #endif
    }
}
