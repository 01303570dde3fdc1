import KeeperCore
import KeeperStore
import KeeperTesting
import Testing

@Suite("Conformance of stores")
struct StoreConformanceTests {
    @Test("the store in a file conforms")
    func sqlite() async throws {
        let folder = try StoreFolder()
        try await StoreConformance(
            open: { try SQLiteStore(path: folder.file($0)) }, journal: { try $0.journalLines() }
        ).check()
    }
}
