import EthCodec
import EthPrimitives
import Foundation

@testable import EthRPC

/// A recording of heads made up for these tests, that can be made in one go, or in pieces.
struct RecordedRun {
    var opening = CassetteOpening(chainID: 1337, keeper: "test", range: RecordedRange(first: 0, last: 99, every: "block"))
    var heads: Range<UInt64>

    init(_ heads: Range<UInt64>) { self.heads = heads }

    /// Up to three lines a head, so that heads and members do not begin together.
    static func exchanges(_ number: UInt64) throws -> [CassetteExchange] {
        let head = RecordedExchange.head(number)
        var exchanges = [
            CassetteExchange(
                [RecordedExchange.block(head), RecordedExchange.balance(at: head, id: 2)],
                [
                    try RecordedExchange.response(1, RecordedExchange.json(head)),
                    try RecordedExchange.response(2, Quantity.encode(number)),
                ],
                head: head)
        ]
        for index in 0..<(number % 3) {
            exchanges.append(
                CassetteExchange(
                    [
                        RPCRequest(
                            method: "eth_getTransactionReceipt",
                            params: [.string(Keccak256.hash("\(number) \(index)").description)])
                    ],
                    [try RecordedExchange.response(1, .null)], head: head, note: CassetteLabel.evidence))
        }
        return exchanges
    }

    static func setup(at number: UInt64) throws -> CassetteExchange {
        let head = RecordedExchange.head(number)
        return CassetteExchange(
            [RecordedExchange.balance(at: head, id: 5)], [try RecordedExchange.response(5, "0x5")], head: head,
            note: CassetteLabel.setup)
    }

    func record(to writer: CassetteWriter, from first: UInt64? = nil) throws {
        if first == nil { try writer.record([Self.setup(at: heads.lowerBound)]) }
        for number in (first ?? heads.lowerBound)..<heads.upperBound { try writer.record(Self.exchanges(number)) }
    }

    /// Writes the whole.
    @discardableResult
    func write(_ name: String, finishes: Bool = true) throws -> String {
        let path = RecordedExchange.temporaryPath(name)
        let writer = try CassetteWriter(path: path, opening: opening)
        try record(to: writer)
        if finishes { try writer.finish() } else { try writer.suspend() }
        return path
    }

    /// Goes on with what there is, as a recorder of a past range does.
    func complete(_ path: String, isRepeatable: Bool = true) throws {
        guard let continuation = try CassetteContinuation(path: path, isRepeatable: isRepeatable) else {
            let writer = try CassetteWriter(path: path, opening: opening, replacing: true)
            try record(to: writer)
            return try writer.finish()
        }
        let writer = try CassetteWriter(continuation)
        let last = continuation.lastHead?.block
        if last == nil, !continuation.setup.lines.isEmpty {
            try record(to: writer, from: heads.lowerBound)
        } else {
            try record(to: writer, from: last.map { $0 + 1 })
        }
        try writer.finish()
    }

    static func bytes(_ path: String) throws -> [UInt8] { try RecordedExchange.file(path) }

    static func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    static func remove(_ paths: String...) {
        for path in paths {
            RecordedExchange.remove(path)
            RecordedExchange.remove(CassetteIndex.path(of: path))
        }
    }

    /// Its lines, with their line feeds.
    static func text(_ path: String) throws -> [UInt8] {
        let bytes = try bytes(path)
        return bytes.starts(with: [0x1F, 0x8B]) ? try Gzip.decompress(bytes) : bytes
    }
}
