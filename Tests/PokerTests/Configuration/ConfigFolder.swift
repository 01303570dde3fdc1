import Foundation
import TestSupport
import Testing

@testable import KeeperApp
@testable import Poker

/// Configuration files in a folder that goes with the test.
final class ConfigFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }  // left for the system to clear

    /// - Returns: the path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// What a poker needs and cannot do without.
    static let least = """
        version: 1
        name: least
        chain: { id: 1337 }
        poker:
          megaPoker: "0x0c35a6920643ceE8904355Bce1Fc6642CB25f4Aa"
          spotter: "0x2C7E36B36b0D9Deec5bA01647039e271d1c86492"
          vat: "0xC5Def9628125247aB0f69EB8D03d405E74Fb6C0d"
          oracles: [PIP_ETH: "0xE782Fc9122cc28e43e3184230179770e6c7E2E54"]
          ilks: [ETH-A]

        """

    /// Reads files as a command does.
    static func effective(
        _ paths: [String], flags: [(key: [String], value: String, flag: String)] = []
    ) throws -> EffectiveConfiguration {
        var loader = ConfigLoader(paths: paths, readsNodeVariables: false)
        loader.flags = flags
        let (value, files) = try loader.loaded()
        let root = try ConfigReader(value)
        _ = try Wiring<Poker>(root, digest: value.decisionDigest())
        return try EffectiveConfiguration(root, files: files)
    }
}
