import Glibc
import KeeperCore

/// The bytes of a file from its beginning on, some at a time.
struct FilePieces: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private let size: Int

    /// - Parameter size: bytes of a piece.
    /// - Throws: `StoreError`, `.failed`.
    init(path: String, size: Int) throws(StoreError) {
        self.path = path
        self.size = size
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit { close(descriptor) }

    /// The next bytes; none at the end.
    /// - Throws: `StoreError`, `.failed`.
    func next() throws(StoreError) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            repeat { count = read(descriptor, buffer.baseAddress, size) } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw Self.failure(path) }
        return bytes
    }

    private static func failure(_ path: String) -> StoreError {
        StoreError(.failed, "cannot read \(path): \(String(cString: strerror(errno)).lowercased())")
    }
}
