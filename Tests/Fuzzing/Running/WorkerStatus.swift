internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// A page that a worker writes and its parent reads while the worker runs, and after it fell.
///
/// A file in memory that both map. Only the worker writes; each word is written whole, and the parent looks again and again, so that
/// no lock is needed.
final class WorkerStatus {
    enum Word: Int, CaseIterable { case begun, index, done, accepted, slowest, slowestIndex, baseline, peak }

    private let words: UnsafeMutablePointer<UInt64>
    private static let length = 4096

    /// Maps a file; makes it first if it is not there.
    init(_ file: URL) throws {
        let descriptor = open(file.path, O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(Self.length)) == 0,
            let page = mmap(nil, Self.length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), page != MAP_FAILED
        else { throw CocoaError(.fileWriteUnknown) }
        words = page.bindMemory(to: UInt64.self, capacity: Self.length / 8)
    }

    deinit { munmap(words, Self.length) }

    subscript(word: Word) -> UInt64 {
        get { words[word.rawValue] }
        set { words[word.rawValue] = newValue }
    }
}
