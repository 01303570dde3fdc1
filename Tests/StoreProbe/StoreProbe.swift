import Glibc
import KeeperCore
import KeeperStore

/// usage: store-probe append|hold|full|unsynced PATH [NUMBER]
///
/// Opens a store and writes to it, as a process that a test can kill or take the disk away from. Says "open" when it has the store, and
/// then what the verb says; without the store it ends with 80 if another process has it, else with 65.
@main
enum StoreProbe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else { end(64, "usage: store-probe append|hold|full|unsynced PATH [NUMBER]") }
        let number = arguments.count > 3 ? UInt64(arguments[3]) ?? 0 : .max
        do throws(StoreError) {
            let store = try SQLiteStore(path: arguments[2])
            say("open")
            switch arguments[1] {
            case "append": try append(store, number)
            case "hold": while readLine() != nil {}
            case "full": try FullDisk(store).run(rounds: number)
            case "unsynced": try UnsyncedDisk(store).run()
            default: end(64, "no such verb")
            }
        } catch {
            end(error.code == .inUse ? 80 : 65, "\(error)")
        }
    }

    /// Appends so many batches, and says the number of each once it is durable.
    private static func append(_ store: SQLiteStore, _ count: UInt64) throws(StoreError) {
        var batch = try ProbeBatch.count(in: store)
        for _ in 0..<count {
            try ProbeBatch(batch).append(to: store)
            batch += 1
            say("\(batch)")
        }
    }

    /// A line on standard output, at once.
    static func say(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        // A test that is gone needs no answer.
        if write(STDOUT_FILENO, bytes, bytes.count) != bytes.count { exit(1) }
    }

    static func end(_ code: Int32, _ text: String) -> Never {
        say(text)
        exit(code)
    }
}
