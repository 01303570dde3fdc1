import Synchronization

/// Saves states in their order, one at a time: an older one never replaces a newer one.
final class AlertSaver: Sendable {
    private let save: @Sendable ([UInt8]) throws -> Void
    /// Number of the newest state that was tried.
    private let newest = Mutex<UInt64>(0)

    init(_ save: @escaping @Sendable ([UInt8]) throws -> Void) { self.save = save }

    /// - Returns: whether it was saved, or a newer one was.
    /// - Throws: what saving throws.
    func save(_ bytes: [UInt8], number: UInt64) throws {
        try newest.withLock { newest in
            guard number > newest else { return }
            newest = number
            try save(bytes)
        }
    }
}
