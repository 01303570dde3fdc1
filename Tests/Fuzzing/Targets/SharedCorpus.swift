internal import EthCodec
internal import EthPrimitives
internal import Foundation
internal import TestSupport

/// Inputs from other people's test vectors; none where they are not present.
enum SharedCorpus {
    /// A JSON file of the vectors.
    static func json(_ name: String) throws -> JSON {
        SharedVectors.arePresent ? try JSONScanner.parse(SharedVectors.bytes(name)) : .null
    }

    static func lines(_ name: String) throws -> [[UInt8]] {
        SharedVectors.arePresent ? try SharedVectors.lines(name) : []
    }

    /// The values of every object in a folder's JSON files.
    static func cases(in folder: String) throws -> [JSON] {
        guard SharedVectors.arePresent else { return [] }
        return try SharedVectors.files(in: folder, suffix: ".json").flatMap { file in
            try JSONScanner.parse(SharedVectors.bytes(file)).members?.map(\.value) ?? []
        }
    }

    /// Recorded exchanges with nodes as one object each: request and response.
    static func exchanges() throws -> [JSON] {
        try ["geth/geth-wire.jsonl.gz", "rpc/mainnet_rpc_pairs.jsonl.gz"].flatMap { name in
            try lines(name).map { try JSONScanner.parse($0) }
        }
    }

    /// A file beside the package's own tests.
    static func own(_ name: String) throws -> JSON {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try JSONScanner.parse([UInt8](Data(contentsOf: folder.appendingPathComponent("Vectors/\(name)"))))
    }

    /// The bytes that `0x` text or plain hexadecimal digits spell; `nil` for other values.
    static func bytes(_ json: JSON?) -> [UInt8]? {
        guard let text = json?.string else { return nil }
        // Some vectors are wrong hexadecimal on purpose.
        return try? SharedVectors.unhex(text)
    }
}
