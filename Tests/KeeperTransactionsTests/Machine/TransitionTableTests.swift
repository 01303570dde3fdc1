import Foundation
import Testing

@testable import KeeperTransactions

@Suite("Table of transitions")
struct TransitionTableTests {
    @Test("every phase has a row for every event, once, and stays reachable")
    func complete() {
        for phase in IntentPhase.allCases {
            for event in MachineEvent.Kind.allCases {
                #expect(TransitionTable.rows.count { $0.phase == phase && $0.event == event } == 1, "\(phase) \(event)")
            }
            #expect(phase == .none || TransitionTable.rows.contains { $0.phase != phase && $0.next.contains(phase) }, "\(phase)")
        }
        #expect(TransitionTable.rows.count == IntentPhase.allCases.count * MachineEvent.Kind.allCases.count)
    }

    @Test("the comment above the table is the table")
    func comment() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/KeeperTransactions/Machine/TransitionTable.swift")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("///     ") }.map(String.init)
        let rows = TransitionTable.rows.map { row in
            func padded(_ text: String, _ width: Int) -> String {
                text + String(repeating: " ", count: max(0, width - text.count))
            }
            let next = row.next.isEmpty ? "–" : row.next.map(\.rawValue).joined(separator: " ")
            let line =
                "///     " + padded(row.phase.rawValue, 11) + padded(row.event.rawValue, 14) + padded(next, 40) + " "
                + row.actions.map(\.rawValue).joined(separator: " ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        #expect(lines == rows)
    }

    @Test("nothing is sent or signed for an intent whose nonce is used, and nothing at all after its end")
    func quiet() {
        for row in TransitionTable.rows where row.phase == .ended { #expect(row.next == [.ended] && row.actions.isEmpty) }
        for row in TransitionTable.rows where row.phase == .used || row.phase == .mined {
            #expect(!row.actions.contains(.broadcast) || row.event == .saw)
        }
    }
}
