import EthCodec
import Foundation

/// A folder for what Python peers read from files.
struct SampleFolder {
    private let url = FileManager.default.temporaryDirectory.appendingPathComponent("keeperkit-bench-\(UUID().uuidString)")

    var path: String { url.path }

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try Data(BlockSample.made.block).write(to: url.appendingPathComponent("block.json"))
        try Data(BlockSample.made.receipts).write(to: url.appendingPathComponent("receipts.json"))
        for sample in EVMBench.samples {
            let data = Data(JSONWriter.bytes(of: sample.json))
            try data.write(to: url.appendingPathComponent("\(sample.function).json"))
        }
    }

    func remove() { try? FileManager.default.removeItem(at: url) }  // a few files in a temporary folder harm nobody
}
