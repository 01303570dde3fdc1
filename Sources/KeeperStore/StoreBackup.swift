import GRDB
import Glibc
public import KeeperCore

extension StoreFile {
    /// Copies the store as it is at one moment, with SQLite's online backup, also while a keeper writes. The copy is checked, and stands
    /// under its name only when it is whole and on the disk.
    /// - Parameter path: of a file that is not there yet.
    /// - Throws: `StoreError`.
    public func backup(to path: String) throws(StoreError) {
        let target = try StorePlace(path)
        guard StorePlace.facts(target.path) == nil else { throw StoreError(.failed, "\(target.path) is there already") }
        let part = try StorePlace(target.path + ".part")
        Self.remove(part)
        defer { Self.remove(part) }
        try StorePlace.create(part.path)
        try use { queue in
            let copy = try DatabaseQueue(path: part.path, configuration: StoreConnection.configuration(readonly: false))
            try queue.backup(to: copy)
            try copy.close()
        }
        if let finding = try StoreFile(path: part.path).report().findings.first {
            throw StoreError(.damaged, "the copy of the store \(place.path): \(finding)")
        }
        // Unlike rename(2), link(2) replaces nothing.
        guard Self.sync(part.path), link(part.path, target.path) == 0, Self.sync(target.folder) else {
            throw StoreError(.failed, "cannot make \(target.path): \(String(cString: strerror(errno)).lowercased())")
        }
    }

    private static func remove(_ place: StorePlace) {
        for file in [place.path, place.log, place.path + "-shm", place.path + "-journal"] { unlink(file) }
    }

    private static func sync(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}
