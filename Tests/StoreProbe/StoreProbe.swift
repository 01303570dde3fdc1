import KeeperCore
import KeeperStore

/// usage: store-probe append|hold|full|unsynced|read-journal PATH [NUMBER]
///
/// Opens a store and writes to it, as a process that a test can kill or take the disk away from. Says "open" when it has the store, and
/// then what the verb says; without the store it ends with 80 if another process has it, else with 65. `read-journal` only reads.
@main
enum StoreProbe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else {
            Said.end(64, "usage: store-probe append|hold|full|unsynced|read-journal PATH [NUMBER]")
        }
        let number = arguments.count > 3 ? UInt64(arguments[3]) ?? 0 : .max
        if arguments[1] == "read-journal" {
            do { return try JournalMemory.run(arguments[2]) } catch { Said.end(65, "\(error)") }
        }
        do throws(StoreError) {
            let store = try SQLiteStore(path: arguments[2])
            Said.line("open")
            switch arguments[1] {
            case "append": try append(store, number)
            case "hold": while readLine() != nil {}
            case "full": try FullDisk(store).run(rounds: number)
            case "unsynced": try UnsyncedDisk(store).run()
            default: Said.end(64, "no such verb")
            }
        } catch {
            Said.end(error.code == .inUse ? 80 : 65, "\(error)")
        }
    }

    /// Appends so many batches, and says the number of each once it is durable.
    private static func append(_ store: SQLiteStore, _ count: UInt64) throws(StoreError) {
        var batch = try ProbeBatch.count(in: store)
        for _ in 0..<count {
            try ProbeBatch(batch).append(to: store)
            batch += 1
            Said.line("\(batch)")
        }
    }
}
