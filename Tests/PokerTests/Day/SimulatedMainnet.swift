import EthCodec
import EthContracts
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import Synchronization

/// Mainnet as a poker sees it, made of arithmetic: slots of 12 seconds, some of them missed, blocks that nodes have 2.5 seconds into
/// their slot, oracles that are poked by the poker's own transactions. Time stands still but for the poker's sleeping.
final class SimulatedMainnet: Sendable {
    struct State {
        /// Unix time, milliseconds.
        var now: UInt64
        /// Signed bytes that wait for the next block.
        var waiting: [TransactionHash] = []
        /// Mined transactions with their slots, in order.
        var mined: [(hash: TransactionHash, slot: UInt64)] = []
        /// The newest slot when they were sent.
        var sentAt: UInt64?
    }

    static let slotLength: UInt64 = 12
    /// A slot's start in January 2026, 11 modulo 12, a hundred slots and a second before an hour.
    static let base: UInt64 = 1_769_643_599
    /// The slot with which the simulation begins, shortly after the hour.
    static let firstSlot: UInt64 = 104
    static let blockNumber: UInt64 = 24_337_593
    private static let propagation: UInt64 = 2500
    private static let ilkNames = [
        "ETH-A", "ETH-B", "ETH-C", "WBTC-A", "WBTC-B", "WBTC-C", "WSTETH-A", "WSTETH-B", "LSEV2-SKY-A",
    ]
    private static let oracleNames = ["PIP_WBTC", "PIP_ETH", "PIP_WSTETH", "PIP_SKY"]
    private static let ray = UInt256(1_000_000_000) * UInt256(1_000_000_000) * UInt256(1_000_000_000)

    let state: Mutex<State>

    init(at seconds: UInt64) { state = Mutex(State(now: seconds * 1000)) }

    func transport() -> ScriptedTransport { ScriptedTransport { try self.answer($0) } }

    // Blocks

    /// The address behind a name, whatever it is.
    static func address(_ name: String) -> Address { Address(lowBytesOf: Keccak256.hash(Array(name.utf8))) }

    private static func isMissed(_ slot: UInt64) -> Bool { slot % 97 == 13 }

    /// The newest slot whose block nodes have.
    private static func head(at now: UInt64) -> UInt64 {
        var slot = (now - propagation - base * 1000) / 1000 / slotLength
        while isMissed(slot) { slot -= 1 }
        return slot
    }

    private static func number(_ slot: UInt64) -> UInt64 { blockNumber + slot - (slot < 13 ? 0 : (slot - 13) / 97 + 1) }

    /// Slots stand in their hashes.
    private static func hash(_ slot: UInt64) -> BlockHash { UInt256(1_000_000 + slot).bigEndianBytes }

    private static func slot(_ hash: String) throws -> UInt64 {
        UInt256(bigEndian: try BlockHash(hex: hash)).asUInt64.map { $0 - 1_000_000 } ?? 0
    }

    private static func time(_ slot: UInt64) -> UInt64 { base + slot * slotLength }

    private static func number(_ quantity: String) -> UInt64 { UInt64(quantity.dropFirst(2), radix: 16) ?? 0 }

    /// A header of before the simulation: for those who look for a time.
    private static func early(_ number: UInt64) -> JSON {
        .object([
            "number": Quantity.encode(number), "hash": .string(UInt256(number).bigEndianBytes.description),
            "parentHash": .string(UInt256(max(number, 1) - 1).bigEndianBytes.description),
            "timestamp": Quantity.encode(base - (blockNumber - number) * slotLength), "gasLimit": "0x1", "gasUsed": "0x0",
        ])
    }

    /// The slot of a block; `nil` before the first.
    private static func slot(number: UInt64) -> UInt64? {
        guard number >= blockNumber else { return nil }
        var slot = number - blockNumber
        while Self.number(slot) < number || isMissed(slot) { slot += 1 }
        return slot
    }

    private static func header(_ slot: UInt64) -> JSON {
        var parent = max(slot, 1) - 1
        while isMissed(parent) { parent -= 1 }
        return .object([
            "number": Quantity.encode(number(slot)), "hash": .string(hash(slot).description),
            "parentHash": .string(hash(parent).description), "timestamp": Quantity.encode(time(slot)),
            "gasLimit": Quantity.encode(UInt64(60_000_000)), "gasUsed": "0x0",
            "baseFeePerGas": Quantity.encode(UInt64(85_500_000)),
        ])
    }

    // Answers

    func answer(_ request: RPCRequest) throws -> JSON {
        state.withLock { state in mine(&state) }
        let params = request.params
        let block = params.last?["blockHash"]?.string
        switch request.method {
        case "eth_chainId": return "0x1"
        case "eth_getBlockByNumber":
            let head = Self.head(at: state.withLock { $0.now })
            switch params.first?.string ?? "" {
            case "latest": return Self.header(head)
            case "finalized":
                var final = head - 64
                while Self.isMissed(final) { final -= 1 }
                return Self.header(final)
            case let number:
                let number = Self.number(number)
                guard let slot = Self.slot(number: number) else { return Self.early(number) }
                return slot <= head ? Self.header(slot) : .null
            }
        case "eth_getLogs": return logs(params[0])
        case "eth_getBlockByHash": return Self.header(try Self.slot(params.first?.string ?? ""))
        case "eth_getStorageAt":
            return storage(try Self.slot(block ?? ""), params.first?.string ?? "", word: params[1].string ?? "")
        case "eth_call": return try call(params[0], try Self.slot(block ?? ""))
        case "eth_feeHistory":
            let newest = Self.number(params[1].string ?? "")
            return .object([
                "oldestBlock": Quantity.encode(newest - 9),
                "baseFeePerGas": .array(Array(repeating: Quantity.encode(UInt64(85_500_000)), count: 11)),
                "reward": .array(Array(repeating: .array(["0x1", "0x989680", "0x1312d00"]), count: 10)),
            ])
        case "eth_estimateGas": return Quantity.encode(UInt64(324_149))
        case "eth_getBalance": return Quantity.encode(UInt64(1) << 60)
        case "eth_getTransactionCount":
            let slot = try Self.slot(block ?? "")
            return Quantity.encode(UInt64(state.withLock { $0.mined.count { $0.slot <= slot } }))
        case "eth_sendRawTransaction":
            let hash = Keccak256.hash(try Hex.decode(params.first?.string ?? ""))
            state.withLock { state in
                guard !state.waiting.contains(hash) else { return }
                state.waiting.append(hash)
                state.sentAt = state.sentAt ?? Self.head(at: state.now)
            }
            return .string(hash.description)
        case "eth_getTransactionByHash":
            let hash = try TransactionHash(hex: params.first?.string ?? "")
            let isKnown = state.withLock { $0.waiting.contains(hash) || $0.mined.contains { $0.hash == hash } }
            guard isKnown else { return .null }
            let block = receipt(hash)["blockHash"]
            return .object([.init("hash", .string(hash.description)), .init("blockHash", block ?? .null)])
        case "eth_getTransactionReceipt": return receipt(try TransactionHash(hex: params.first?.string ?? ""))
        default: throw ScriptedTransport.error(-32601, "the method \(request.method) does not exist/is not available")
        }
    }

    /// What waits is in the next block after it was sent.
    private func mine(_ state: inout State) {
        let head = Self.head(at: state.now)
        guard let sentAt = state.sentAt, head > sentAt else { return }
        for hash in state.waiting { state.mined.append((hash, head)) }
        state.waiting = []
        state.sentAt = nil
    }

    /// The hour that was poked last, as of a slot.
    private func zzz(at slot: UInt64) -> UInt64 {
        let last = state.withLock { $0.mined.last { $0.slot <= slot }?.slot }
        let time = last.map(Self.time) ?? Self.time(Self.firstSlot)
        return time - time % 3600
    }

    private func storage(_ slot: UInt64, _ address: String, word: String) -> JSON {
        let price = (UInt256(1) &<< 128) | UInt256(1_000_000 + slot / 300)
        let value: UInt256 =
            switch word {
            case "0x2":
                (UInt256(zzz(at: slot)) &<< 176) | (UInt256(3600) &<< 160)
                    | UInt256(bigEndian: Keccak256.hash(Array("source\(address)".utf8))) & ((UInt256(1) &<< 160) - UInt256(1))
            case "0x3": price
            case "0x4": price + UInt256(1)
            default: .zero
            }
        return .string(value.bigEndianBytes.description)
    }

    private func call(_ request: JSON, _ slot: UInt64) throws -> JSON {
        let data = try Hex.decode(request["data"]?.string ?? "")
        let argument = data.count >= 36 ? B256(Array(data[4..<36])) ?? B256() : B256()
        func words(_ words: UInt256...) -> JSON { .string(Hex.encode(words.flatMap { $0.bigEndianBytes.bytes })) }
        func address(_ name: String) -> UInt256 {
            UInt256(bigEndian: B256(Array(repeating: 0, count: 12) + Self.address(name).bytes) ?? B256())
        }
        switch Array(data.prefix(4)) {
        case OSM.PeekCall.selector.bytes: return words(UInt256(1_000_009 + slot / 300), UInt256(1))
        case ChainLog.GetAddressCall.selector.bytes:
            let name = String(decoding: argument.bytes.prefix { $0 != 0 }, as: UTF8.self)
            return words(address(name))
        case Vat.IlksCall.selector.bytes where request["to"]?.string == Self.address("MCD_VAT").hex:
            return words(UInt256(5), Self.ray, UInt256(7), UInt256(9), UInt256(1))
        case Spotter.IlksCall.selector.bytes:
            let name = String(decoding: argument.bytes.prefix { $0 != 0 }, as: UTF8.self)
            let oracle = Self.oracleNames.first { name.hasPrefix($0.dropFirst(4)) } ?? "PIP_SKY"
            return words(address(oracle), Self.ray + Self.ray / UInt256(2))
        case Spotter.ParCall.selector.bytes: return words(Self.ray)
        default: throw ScriptedTransport.error(-32000, "no such call")
        }
    }

    /// The logs of a range of blocks, of whatever contract.
    private func logs(_ filter: JSON) -> JSON {
        let blocks = Self.number(filter["fromBlock"]?.string ?? "")...Self.number(filter["toBlock"]?.string ?? "")
        let mined = state.withLock { $0.mined }.filter { blocks.contains(Self.number($0.slot)) }
        return .array(mined.flatMap { receipt($0.hash)["logs"]?.array ?? [] })
    }

    private func receipt(_ hash: TransactionHash) -> JSON {
        guard let slot = state.withLock({ $0.mined.first { $0.hash == hash }?.slot }) else { return .null }
        func log(_ name: String, _ topic: B256, _ data: [UInt8], _ index: Int) -> JSON {
            .object([
                "address": .string(Self.address(name).hex), "topics": .array([.string(topic.description)]),
                "data": .string(Hex.encode(data)), "blockHash": .string(Self.hash(slot).description),
                "blockNumber": Quantity.encode(Self.number(slot)), "transactionHash": .string(hash.description),
                "logIndex": Quantity.encode(UInt64(index)),
            ])
        }
        let oracles = Self.oracleNames.enumerated().map { log($1, OSM.LogValueEvent.topic0, Array(repeating: 0, count: 32), $0) }
        let spots = Self.ilkNames.enumerated().map { index, name in
            log(
                "MCD_SPOT", Spotter.PokeEvent.topic0, (B256(ascii: name) ?? B256()).bytes + Array(repeating: 0, count: 64),
                4 + index)
        }
        return .object([
            "transactionHash": .string(hash.description), "blockHash": .string(Self.hash(slot).description),
            "blockNumber": Quantity.encode(Self.number(slot)), "transactionIndex": "0x0",
            "from": .string(Address.zero.hex), "to": .string(Address.zero.hex), "status": "0x1",
            "gasUsed": Quantity.encode(UInt64(324_149)), "effectiveGasPrice": Quantity.encode(UInt64(95_500_000)),
            "logs": .array(oracles + spots),
        ])
    }
}
