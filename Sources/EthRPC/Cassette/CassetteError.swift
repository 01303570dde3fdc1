/// Why a recording cannot be used.
public struct CassetteError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// The file cannot be read, or is not the gzip that its name says.
        case unreadable
        /// Unpacked, there would be more bytes than are allowed.
        case tooLarge
        /// A line is not an exchange.
        case malformedLine
        /// The closing line counts other lines than there are.
        case missingLines
        /// The closing line is absent although the opening line says that this is one of our recordings.
        case unfinished
        /// As many lines as said, but not the recorded ones.
        case altered
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The same, named by its file.
    func of(_ path: String) -> CassetteError {
        description.contains(path) ? self : CassetteError(code, "\(path): \(description)")
    }
}
