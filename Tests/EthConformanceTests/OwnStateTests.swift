import EthCodec
import EthPrimitives
import Foundation

@testable import EthConformance

/// The vectors of this repository: Tests/Vectors/evm/state.json.
enum OwnStateTests {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/evm/state.json")
        .standardizedFileURL

    static let bytes: [UInt8] = {
        do { return [UInt8](try Data(contentsOf: file)) } catch { fatalError("\(file.path): \(error)") }
    }()

    static func all() throws -> [StateTest] { try StateTest.read(bytes, file: "state.json") }

    static func named(_ name: String) throws -> StateTest {
        guard let test = try all().first(where: { $0.name == name }) else { throw CocoaError(.keyValueValidation) }
        return test
    }

    /// A test with something in its JSON replaced; each text must be there.
    static func altered(_ name: String, _ replacements: [(String, String)]) throws -> StateTest {
        guard let json = try JSONScanner.parse(bytes)[name] else { throw CocoaError(.keyValueValidation) }
        var text = json.description
        for (old, new) in replacements {
            guard text.contains(old) else { throw CocoaError(.keyValueValidation) }
            text = text.replacing(old, with: new)
        }
        return try StateTest.read(Array("{\"\(name)\":\(text)}".utf8), file: "altered.json")[0]
    }
}

extension [StateTestResult] {
    var failed: Self {
        filter {
            if case .failed = $0.verdict { true } else { false }
        }
    }

    var passed: Self { filter { $0.verdict == .passed } }

    /// What the first failure says differs.
    var firstDifferences: [StateTestDifference] {
        for result in self {
            if case .failed(let differences) = result.verdict { return differences }
        }
        return []
    }
}
