import EthPrimitives
import EthRPC
import Foundation
import Testing

@testable import OraclePokes

/// The twelve hours recorded from a real geth, beside the package; suites that need them skip when they are absent.
struct Recording {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/vectors/geth").standardizedFileURL
    static let isPresent = FileManager.default.fileExists(atPath: folder.path)

    let cassette: Cassette
    let provider: Provider
    let spotter: Address
    let vat: Address
    /// By name, in the order of the MegaPoker.
    let oracles: [(name: String, address: Address, median: Address)]
    let ilks: [(name: String, oracle: String)]

    init() throws {
        cassette = try Cassette(path: Self.folder.appendingPathComponent("geth-poker-hours-a.jsonl.gz").path)
        provider = Provider(ReplayingTransport(cassette))
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("addresses-public.json"))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let addresses = try #require(json["addresses"] as? [String: String])
        func address(_ name: String) throws -> Address { try Address(hex: try #require(addresses[name])) }
        spotter = try address("MCD_SPOT")
        vat = try address("MCD_VAT")
        let all = try ["btc", "eth", "wsteth", "sky"].map {
            (name: $0, address: try address("PIP_\($0.uppercased())"), median: try address("MEDIAN_\($0.uppercased())"))
        }
        oracles = all
        let order = try #require((json["megapoker_order"] as? [String: Any])?["ilks"] as? [String])
        let sources = try #require(json["ilk_to_osm"] as? [String: String])
        ilks = try order.map { ilk in
            let pip = try Address(hex: try #require(sources[ilk]))
            return (ilk, try #require(all.first { $0.address == pip }).name)
        }
    }
}
