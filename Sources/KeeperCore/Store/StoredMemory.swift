import EthCodec
import FoundationEssentials

/// A keeper's memory in a store, as JSON with sorted keys.
public struct StoredMemory: Sendable {
    private let store: any Store
    private let keeper: String

    /// - Parameter keeper: its configured name.
    public init(_ store: any Store, of keeper: String) {
        self.store = store
        self.keeper = keeper
    }

    /// What was saved last; `nil` before the first time.
    /// - Throws: `StoreError`, `.damaged` for what is not of this form.
    public func load<Memory: Decodable>(_ type: Memory.Type) throws(StoreError) -> Memory? {
        guard let bytes = try store.memory(of: keeper) else { return nil }
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw StoreError(.damaged, "the memory of \(keeper) is not of the form that this version writes")
        }
    }

    /// Saves a memory if it is another than before.
    /// - Throws: `StoreError`.
    func save(_ memory: some Encodable, after before: some Encodable) throws {
        let new = try JournalRecord.json(memory)
        guard new != (try JournalRecord.json(before)) else { return }
        try store.setMemory(JSONWriter.bytes(of: new, sorted: true), of: keeper)
    }
}
