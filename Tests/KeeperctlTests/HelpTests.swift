import ArgumentParser
import Foundation
import Testing

@testable import keeperctl

/// The help of each command is a text that people read: it changes on purpose or not at all.
@Suite("Help") struct HelpTests {
    /// A command and the words that lead to it.
    struct Place: Sendable, CustomTestStringConvertible {
        let words: [String]
        let command: any ParsableCommand.Type
        var testDescription: String { words.joined(separator: " ") }
        var file: URL {
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Help/\(words.joined(separator: "-")).txt")
        }
    }

    static let places = all(["keeperctl"], Keeperctl.self)

    private static func all(_ words: [String], _ command: any ParsableCommand.Type) -> [Place] {
        let inner = command.configuration.subcommands.flatMap { all(words + [name(of: $0)], $0) }
        return [Place(words: words, command: command)] + inner
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? command._commandName
    }

    /// `KEEPERCTL_WRITE_HELP=1 swift test --filter HelpTests` writes the files anew; then read the difference.
    @Test("is what is written down", arguments: places)
    func literal(_ place: Place) throws {
        let text = Keeperctl.helpMessage(for: place.command, columns: 100)
        if ProcessInfo.processInfo.environment["KEEPERCTL_WRITE_HELP"] != nil {
            try text.write(to: place.file, atomically: true, encoding: .utf8)
        }
        let known = try String(contentsOf: place.file, encoding: .utf8)
        #expect(text == known)
    }

    @Test("has a file for each command and none more")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Help").path)
        #expect(Set(files) == Set(Self.places.map(\.file.lastPathComponent)))
        #expect(Self.places.count > 10)
    }

    @Test("prints results as JSON wherever there is one", arguments: places)
    func json(_ place: Place) {
        guard place.command.configuration.subcommands.isEmpty, !["batch", "completions", "export"].contains(place.words.last)
        else {
            return
        }
        #expect(Keeperctl.helpMessage(for: place.command).contains("--json"))
    }
}
