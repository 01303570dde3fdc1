import EthCodec
import Foundation
import FoundationNetworking

/// What a process serves for probes and monitoring, as a client sees it.
struct OpsClient: Sendable {
    var base: URL

    struct Answer: Sendable {
        var status: Int
        var type: String
        var text: String
    }

    func get(_ path: String) async throws -> Answer {
        let (data, response) = try await URLSession.shared.data(from: base.appending(path: path))
        let http = response as? HTTPURLResponse
        return Answer(
            status: http?.statusCode ?? 0, type: http?.value(forHTTPHeaderField: "content-type") ?? "",
            text: String(decoding: data, as: UTF8.self))
    }

    func status() async throws -> JSON { try JSONScanner.parse(Array(try await get("status").text.utf8)) }

    /// The value of the first series whose line begins so.
    func metric(_ start: String) async throws -> Double? {
        let lines = try await get("metrics").text.split(separator: "\n")
        return lines.first { $0.hasPrefix(start) && !$0.hasPrefix("#") }?.split(separator: " ").last.flatMap { Double($0) }
    }
}
