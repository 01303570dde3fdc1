#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A directory of JSON interfaces and the directory of their generated bindings: `X.json` becomes `X.swift`.
public struct BindingDirectory: Sendable {
    public let input: String
    public let output: String

    public init(input: String, output: String) {
        self.input = input
        self.output = output
    }

    /// The bindings as they should be: file name and text, in the order of names. Throws `BindingError`.
    public func generated() throws -> [(file: String, text: String)] {
        try names(in: input, ending: ".json").map { name in
            guard let json = FileManager.default.contents(atPath: "\(input)/\(name).json") else {
                throw BindingError.unreadable(contract: name, reason: "cannot be read")
            }
            return ("\(name).swift", try BindingGenerator.generate(contract: name, json: Array(json)))
        }
    }

    /// Names of files that are missing, outdated, or left over from an interface that is gone; empty if all is well.
    ///
    /// Throws `BindingError` if an interface is wrong, the file system's error if the directory of bindings cannot be read.
    public func differences() throws -> [String] {
        let expected = try generated()
        var files: [String] = []
        for (file, text) in expected {
            let path = "\(output)/\(file)"
            let isCurrent = FileManager.default.contents(atPath: path) == Data(text.utf8)
            if !isCurrent { files.append(file) }
        }
        return files + (try leftOver(expected.map(\.file)))
    }

    /// Writes outdated bindings and removes left-over ones; returns the names of files that changed.
    ///
    /// Throws `BindingError` before anything is written if an interface is wrong, the file system's error if a file cannot be written.
    public func write() throws -> [String] {
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        let expected = try generated()
        let changed = try differences()
        for (file, text) in expected where changed.contains(file) {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(output)/\(file)"), options: .atomic)
        }
        for file in try leftOver(expected.map(\.file)) { try FileManager.default.removeItem(atPath: "\(output)/\(file)") }
        return changed
    }

    private func leftOver(_ expected: [String]) throws -> [String] {
        guard FileManager.default.fileExists(atPath: output) else { return [] }
        return try names(in: output, ending: ".swift").map { "\($0).swift" }.filter { !expected.contains($0) }
    }

    private func names(in directory: String, ending suffix: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: directory) else { throw BindingError.missingDirectory(directory) }
        return try FileManager.default.contentsOfDirectory(atPath: directory)
            .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    }
}
