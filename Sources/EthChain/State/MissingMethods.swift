public import EthRPC
internal import Synchronization

/// Methods that a node said it does not have: they are asked for once. Of several nodes behind one provider, one that has not is enough.
public final class MissingMethods: Sendable {
    private let names = Mutex<Set<String>>([])

    public init() {}

    public func contains(_ method: String) -> Bool { names.withLock { $0.contains(method) } }

    /// Learns from an error, if it is one that says so.
    /// - Returns: whether the method is missing.
    @discardableResult
    public func learn(_ error: RPCError, of method: String) -> Bool {
        guard error.nodeError?.kind == .methodNotFound else { return false }
        names.withLock { _ = $0.insert(method) }
        return true
    }

    /// Asks, unless the method is known to be missing.
    /// - Returns: `nil` if the node does not have the method.
    func unlessMissing<Value>(_ method: String, _ ask: () async throws -> Value) async throws -> Value? {
        guard !contains(method) else { return nil }
        do { return try await ask() } catch let error as RPCError {
            guard learn(error, of: method) else { throw error }
            return nil
        }
    }
}
