import KeeperApp

/// Many lines for standard output, in pieces of some size. What waits is printed by `flush`.
struct OutputLines {
    private static let pieceSize = 1 << 16

    private var waiting: [UInt8] = []

    /// - Parameter line: without its line break.
    mutating func print(_ line: some Sequence<UInt8>) {
        waiting += line
        waiting.append(0x0A)
        if waiting.count >= Self.pieceSize { flush() }
    }

    mutating func flush() {
        if !waiting.isEmpty { Terminal.print(bytes: waiting) }
        waiting.removeAll(keepingCapacity: true)
    }
}
