import EthCodec
import EthContracts
import EthPrimitives
import Foundation
import TestSupport
import Testing

/// Real call data and logs, of mainnet and of a chain with the real contracts, through the bindings.
@Suite("Bindings on real chains", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct MainnetTests {
    /// Reads a call and writes it again.
    typealias CallReader = @Sendable ([UInt8]) throws(ABIError) -> [UInt8]

    static func reader<Call: ContractCall>(_: Call.Type) -> (Selector, CallReader) {
        (Call.selector, { data throws(ABIError) in try Call(callData: data).callData })
    }

    static let calls = Dictionary(
        uniqueKeysWithValues: [
            reader(ERC20.TransferCall.self), reader(ERC20.TransferFromCall.self), reader(ERC20.ApproveCall.self),
            reader(Median.PokeCall.self), reader(MegaPoker.PokeCall.self), reader(Multicall3.Aggregate3Call.self),
        ])

    @Test("call data of real transactions is read strictly and written again byte by byte")
    func callData() throws {
        var tally = VectorTally("calls of real transactions")
        let files = try SharedVectors.files(in: "mainnet/nimbus", suffix: ".json") + ["mainnet/maker_poke_txs.jsonl"]
        let packed = ["mainnet/full_blocks.jsonl.gz", "mainnet/type3_type4_txs.jsonl.gz"]
        for file in files + packed {
            for transaction in try Self.documents(file).flatMap({ Self.objects(in: $0, with: "input") }) {
                let data = try SharedVectors.unhex(transaction["input"]?.string ?? "0x")
                guard let selector = Selector(Array(data.prefix(4))), let read = Self.calls[selector] else { continue }
                do {
                    let written = try read(data)
                    tally.count(written == data)
                    #expect(written == data)
                } catch {
                    guard case .unreadBytes = error else { throw error }
                    tally.skip("with bytes behind the arguments, which tokens ignore and we do not")
                }
            }
        }
        tally.report()
        #expect(tally.passed > 1_300 && tally.failed == 0)
    }

    /// An event with the words of its fields.
    typealias EventReader = @Sendable ([B256], [UInt8]) throws(ABIError) -> [String]

    static func reader<Event: ContractEvent>(_: Event.Type) -> (B256, EventReader) {
        (
            Event.topic0,
            { topics, data throws(ABIError) in
                Mirror(reflecting: try Event(topics: topics, data: data)).children.map { "\($0.value)".lowercased() }
            }
        )
    }

    static let events = Dictionary(
        uniqueKeysWithValues: [
            reader(ERC20.TransferEvent.self), reader(UniswapV3Pool.SwapEvent.self), reader(Spotter.PokeEvent.self),
            reader(OSM.LogValueEvent.self), reader(Median.LogMedianPriceEvent.self), reader(AllocatorVault.DrawEvent.self),
            reader(VaultMinter.DrawEvent.self),
        ])

    @Test("logs of real contracts say the same through the bindings and through their interface")
    func logs() throws {
        var tally = VectorTally("logs of real contracts")
        let interfaces = ["ERC20", "UniswapV3Pool", "Spotter", "OSM", "Median", "AllocatorVault", "VaultMinter"]
        let document = ABIDocument(
            try interfaces.flatMap { name in
                let path = "\(PackagePaths.interfaces)/\(name).json"
                return try ABIDocument(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: path)))).entries
            })
        for file in ["rpc/mainnet_rpc_pairs.jsonl.gz", "geth/geth-wire.jsonl.gz", "geth/geth-poker-hours-a.jsonl.gz"] {
            for log in try Self.documents(file).flatMap({ Self.objects(in: $0, with: "topics") }) {
                guard let words = log["topics"]?.array?.compactMap(\.string), let text = log["data"]?.string else { continue }
                let topics = try words.compactMap { B256(try SharedVectors.unhex($0)) }
                guard let topic = topics.first, let read = Self.events[topic] else { continue }
                let data = try SharedVectors.unhex(text)
                let told = try read(topics, data)
                let expected = try #require(try document.decodeLog(topics: topics, data: data)).values.map(Self.word)
                tally.count(told == expected)
                #expect(told == expected)
            }
        }
        tally.report()
        #expect(tally.passed > 600 && tally.failed == 0)
    }

    static func word(_ value: ABILogValue) -> String { (value.json.string ?? value.json.description).lowercased() }

    // MARK: Reading

    static func documents(_ file: String) throws -> [JSON] {
        guard file.hasSuffix(".json") else { return try SharedVectors.lines(file).map { try JSONScanner.parse($0) } }
        return [try JSONScanner.parse(try SharedVectors.bytes(file))]
    }

    /// Objects anywhere inside that have the member.
    static func objects(in json: JSON, with member: String) -> [JSON] {
        switch json {
        case .array(let elements): elements.flatMap { objects(in: $0, with: member) }
        case .object(let members): (json[member] == nil ? [] : [json]) + members.flatMap { objects(in: $0.value, with: member) }
        default: []
        }
    }
}
