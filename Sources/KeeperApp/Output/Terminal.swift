import EthPrimitives
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// What is printed, and where.
public enum Terminal {
    /// A result, on standard output, as `VisibleText` has it. Where that is full or closed, the program ends with 75: what it found did not arrive.
    public static func print(_ text: String) { print(bytes: Array((VisibleText.of(text) + "\n").utf8)) }

    /// The same, of bytes that have their line breaks.
    public static func print(bytes: [UInt8]) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            note("cannot write to standard output")
            exit(KeeperExitCode.tryAgainLater.rawValue)
        }
    }

    /// A remark, on standard error.
    public static func note(_ text: String) {
        // Where nobody listens, there is nobody to tell that either.
        try? FileHandle.standardError.write(contentsOf: Data((VisibleText.of(text) + "\n").utf8))
    }

    /// Whether a person is watching standard error.
    public static let isInteractive = isatty(STDERR_FILENO) == 1
}

/// A line that shows how far a long job is; silent when nobody watches.
struct Progress {
    let title: String
    let total: Int
    private let start = ContinuousClock.now
    private var shown = -1
    private var isOpen = false

    init(_ title: String, total: Int) {
        self.title = title
        self.total = total
    }

    mutating func update(_ done: Int) {
        guard Terminal.isInteractive, total > 0 else { return }
        let filled = done * 20 / total
        guard filled != shown || done == total else { return }
        shown = filled
        let elapsed = start.duration(to: .now).components
        let tenths = elapsed.seconds * 10 + elapsed.attoseconds / 100_000_000_000_000_000
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
        let line = "\r\(title) \(bar) \(done)/\(total)   \(tenths / 10).\(tenths % 10) s"
        FileHandle.standardError.write(Data((line + (done == total ? "\n" : "")).utf8))
        isOpen = done != total
    }

    /// Ends the line of a job that did not come to its end.
    mutating func stop() {
        if isOpen { FileHandle.standardError.write(Data("\n".utf8)) }
        isOpen = false
    }
}
