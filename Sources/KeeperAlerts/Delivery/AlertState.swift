import EthCodec
import FoundationEssentials

/// All that has to survive a restart, saved as one.
struct AlertState: Codable, Sendable, Hashable {
    var version = 1
    var book = AlertBook()
    var memory = AlertMemory()
    var router = AlertRouter()

    init() {}

    /// - Throws: why the bytes are not of the form that this version writes.
    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        guard version == 1 else { throw VersionError(version: version) }
    }

    /// JSON with sorted keys: equal states have equal bytes.
    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(self))
    }

    struct VersionError: Error, CustomStringConvertible {
        var version: Int
        var description: String { "version \(version) is unknown" }
    }
}
