/// Why a file of tests cannot be read.
public struct ConformanceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Of a file inside an archive, both names: `archive.tar.gz: folder/file.json`.
    public var file: String
    /// Where in the file, such as `name.pre.0x…`; empty if it is about the whole.
    public var place: String
    public var problem: String

    public init(file: String, place: String = "", problem: String) {
        self.file = file
        self.place = place
        self.problem = problem
    }

    public var description: String { ([file, place].filter { !$0.isEmpty } + [problem]).joined(separator: ": ") }
}
