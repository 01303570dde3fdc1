import EthPrimitives
import Foundation

/// The contracts of Tests/Contracts as they are compiled: code that a compiler wrote, and calls that it understands.
struct RealCode: Sendable {
    /// Runtime code and code that creates it.
    let runtimes: [[UInt8]]
    let creations: [[UInt8]]
    /// First bytes of calls: the selectors that stand in the code as operands of PUSH4.
    let selectors: [[UInt8]]

    private struct File: Decodable {
        let runtime: String
        let bytecode: String
    }

    /// - Parameter folder: where the compiler's files are.
    init(folder: URL) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
        let contracts = try files.map { name in
            try JSONDecoder().decode(File.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
        }
        runtimes = try contracts.map { try Hex.decode($0.runtime) }
        creations = try contracts.map { try Hex.decode($0.bytecode) }
        selectors = runtimes.flatMap { code in
            code.indices.filter { code[$0] == 0x63 && $0 + 5 <= code.count }.map { Array(code[($0 + 1)..<($0 + 5)]) }
        }
    }

    /// Where the package has them; `nil` outside of it.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Contracts/build")
}
