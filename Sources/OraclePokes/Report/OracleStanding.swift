public import EthCodec
public import EthRPC
import EthPrimitives
import KeeperCore

/// Oracles as `status` shows them.
public struct OracleStanding: Sendable {
    private let head: BlockHeader
    private let oracles: [OracleFacts]
    private let slotLength: UInt64

    /// - Parameter oracles: with their sources read.
    public init(head: BlockHeader, oracles: [OracleFacts], slotLength: UInt64) {
        (self.head, self.oracles, self.slotLength) = (head, oracles, slotLength)
    }

    /// A table with its titles.
    public var rows: [[String]] {
        [["oracle", "cur", "nxt", "change", "source", "last slot", "next"]]
            + oracles.map { oracle in
                [
                    oracle.name, price(oracle.current), price(oracle.next), change(oracle), source(oracle),
                    UTC.clock(oracle.zzz), next(oracle),
                ]
            }
    }

    public var json: JSON {
        .array(
            oracles.map { oracle in
                .object([
                    "oracle": .string(oracle.name), "address": .string("\(oracle.address)"),
                    "currentWad": oracle.current.isValid ? .string("\(oracle.current.value)") : .null,
                    "nextWad": oracle.next.isValid ? .string("\(oracle.next.value)") : .null, "source": .string(source(oracle)),
                    "stopped": .bool(oracle.isStopped), "lastSlot": .integer(oracle.zzz), "hop": .integer(oracle.hop),
                    "due": .bool(oracle.isDue(at: head.timestamp)),
                ])
            })
    }

    /// Four places, more for what is worth little.
    private func price(_ reading: Reading) -> String {
        guard reading.isValid else { return "none" }
        let places = reading.value >= UInt256(1_000_000_000_000_000_000) ? 2 : 6
        return Wei(reading.value).fixed(18, places: places)
    }

    private func change(_ oracle: OracleFacts) -> String {
        guard oracle.current.isValid, oracle.next.isValid, oracle.current.value > .zero,
            let current = Int128(exactly: oracle.current.value), let next = Int128(exactly: oracle.next.value)
        else { return "–" }
        // What a node claims may be of any size.
        let (scaled, overflow) = (next - current).multipliedReportingOverflow(by: 10_000)
        guard !overflow else { return "–" }
        let hundredths = scaled / current
        let digits = String(hundredths.magnitude % 100)
        return "\(hundredths < 0 ? "-" : "+")\(hundredths.magnitude / 100).\(digits.count == 1 ? "0" : "")\(digits) %"
    }

    private func source(_ oracle: OracleFacts) -> String {
        switch oracle.sourceReading {
        case .valid: "valid"
        case .invalid: "INVALID"
        case .reverts: "REFUSES"
        case .unread: "not read"
        }
    }

    private func next(_ oracle: OracleFacts) -> String {
        if oracle.isStopped { return "STOPPED" }
        let (time, overflow) = oracle.zzz.addingReportingOverflow(oracle.hop)
        guard !overflow else { return "never" }
        return time > head.timestamp ? "\(UTC.clock(time)) in \((time - head.timestamp) / 60 + 1)m" : "due"
    }
}
