import EthCodec
import EthEVM
import EthPrimitives
import EthTransactions
import KeeperTransactions
import OraclePokes

/// The pokes of a study for another machine: the scenario's accounts, and each poke with what changed from outside since the one before.
struct PokeLedger {
    let scenario: PokeScenario
    let records: [PokeRecord]

    /// A JSON object a line (`Tests/Fixtures/README.md`).
    var bytes: [UInt8] {
        var out: [UInt8] = []
        func add(_ line: JSON) { out += JSONWriter.bytes(of: line, sorted: true) + [0x0A] }
        add(
            .object([
                "pokes": "keeperkit-pokes/1", "scenario": .string(scenario.name),
                "fork": .string(scenario.fork.name.lowercased()),
                "chainId": .integer(scenario.chainID.rawValue), "sender": .string(scenario.sender.lowercased),
            ]))
        for (address, account) in scenario.state.accounts.sorted(by: { $0.key < $1.key }) {
            add(
                .object([
                    "account": .string(address.lowercased), "nonce": .integer(account.nonce),
                    "balance": .string(account.balance.rawValue.description),
                    "code": .string(Hex.encode(account.code.bytes)),
                    "storage": Self.words(scenario.state.storage[address] ?? [:]),
                ]))
        }
        for record in records { add(line(record)) }
        return out
    }

    private func line(_ record: PokeRecord) -> JSON {
        let poke = record.poke
        return .object([
            "strategy": .string(record.strategy), "time": .integer(poke.time), "block": .integer(poke.block),
            "baseFee": .string(poke.baseFee.rawValue.description),
            "writes": .object(
                record.outside.map { JSON.Member($0.key.lowercased, Self.words($0.value)) }),
            "to": .string(record.intent.to.lowercased), "data": .string(Hex.encode(record.intent.data.rawValue)),
            "gasLimit": .integer(poke.gasLimit),
            "accessList": .array(
                record.intent.accessList.entries.map { entry in
                    .object([
                        "address": .string(entry.address.lowercased),
                        "storageKeys": .array(entry.storageKeys.map { .string($0.description) }),
                    ])
                }),
            "gasUsed": .integer(poke.gasUsed), "status": .integer(poke.fate == .failed ? 0 : 1),
        ])
    }

    private static func words(_ storage: [UInt256: UInt256]) -> JSON {
        .object(
            storage.map { JSON.Member($0.key.bigEndianBytes.description, .string($0.value.bigEndianBytes.description)) })
    }
}

extension Address {
    fileprivate var lowercased: String { Hex.encode(bytes) }
}
