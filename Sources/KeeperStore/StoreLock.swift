import Glibc
import KeeperCore

/// The lock beside a store, held for a process's whole life: two processes with one store would sign with the same nonces. It ends
/// with the process, however that ends; the file stays and says nothing.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `StoreError`, `.inUse` if another process, or this one, has it already.
    init(_ place: StorePlace) throws(StoreError) {
        let descriptor = open(place.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.failed, "cannot open the lock \(place.lock): \(String(cString: strerror(errno)).lowercased())")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw StoreError(.failed, "cannot lock \(place.lock): \(String(cString: strerror(reason)).lowercased())")
            }
            throw StoreError(.inUse, "another process has the store \(place.path)")
        }
        self.descriptor = descriptor
    }

    deinit {
        // A process that is being started holds copies of all descriptors for a moment: closing ours would not release the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
