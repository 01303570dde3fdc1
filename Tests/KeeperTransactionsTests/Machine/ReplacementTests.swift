import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import KeeperTransactions

@Suite("Replacements and caps")
struct ReplacementTests {
    @Test("a slow form is replaced by one that nodes take: both caps 12.5 % up, the gas limit never down")
    func bump() throws {
        var rig = try Rig()
        rig.block([Rig.wish()])
        for _ in 0..<4 { rig.block([Rig.wish(gasLimit: 150_000)]) }
        let forms = try #require(rig.binding).forms
        #expect(forms.count >= 2)
        for (old, new) in zip(forms, forms.dropFirst()) {
            #expect(new.caps.maxFeePerGas.rawValue * 8 >= old.caps.maxFeePerGas.rawValue * 9)
            #expect(new.caps.maxPriorityFeePerGas.rawValue * 8 >= old.caps.maxPriorityFeePerGas.rawValue * 9)
            #expect(new.gasLimit == 200_000)
        }
    }

    @Test("every form of an intent announces what the intent does, a cancel of it nothing, after a restart too")
    func accessList() throws {
        var wish = Rig.wish()
        wish.accessList = [.init(address: Rig.target, storageKeys: [Keccak256.hash([4]), Keccak256.hash([5])])]
        var plain = wish
        plain.accessList = []
        func lists(_ orders: [SigningOrder]) -> [AccessList] { orders.map(\.transaction.accessList) }
        var rig = try Rig()
        rig.block([wish])
        for _ in 0..<4 { rig.block([plain]) }
        #expect(rig.orders.count >= 2 && lists(rig.orders).allSatisfy { $0 == wish.accessList })
        try rig.restart()
        for _ in 0..<4 { rig.block([plain]) }
        #expect(!rig.orders.isEmpty && lists(rig.orders).allSatisfy { $0 == wish.accessList })
        let before = rig.orders.count
        for _ in 0..<4 { rig.block([]) }
        let cancels = rig.orders.dropFirst(before)
        #expect(cancels.contains { $0.purpose.isCancel } && lists(Array(cancels)).allSatisfy(\.entries.isEmpty))
    }

    @Test("at the cap the same bytes go out again")
    func cap() throws {
        var rig = try Rig { $0.maxFeePerGas = .gwei(4) }
        rig.block([Rig.wish()])
        for _ in 0..<20 { rig.block([Rig.wish()]) }
        let forms = try #require(rig.binding).forms
        #expect(forms.allSatisfy { $0.caps.maxFeePerGas <= .gwei(4) })
        #expect(rig.alerts.contains(.atCap(nonce: 5)))
        #expect(rig.broadcasts.suffix(3).allSatisfy { $0 == forms.last?.hash } && rig.broadcasts.count > forms.count + 3)
    }

    @Test("a replacement follows the market where that is dearer")
    func rises() throws {
        var rig = try Rig()
        rig.block([Rig.wish()])
        rig.base = .gwei(10)
        for _ in 0..<3 { rig.block([Rig.wish()]) }
        let forms = try #require(rig.binding).forms
        #expect(forms.count == 2 && forms[1].caps.maxFeePerGas > .gwei(10), "\(forms.map(\.caps))")
        #expect(forms[0].caps.maxFeePerGas < .gwei(5))
    }

    @Test("no form reserves more than maxSpendPerTransaction, however long it waits")
    func reserves() throws {
        let most = Wei.gwei(1_000_000)
        var rig = try Rig { $0.maxSpendPerTransaction = most }
        rig.block([Rig.wish()])
        rig.base = .gwei(30)
        for _ in 0..<40 { rig.block([Rig.wish()]) }
        let reserves = rig.orders.map { $0.offer.caps.maxFeePerGas * $0.gasLimit }
        #expect(reserves.count > 1 && reserves.allSatisfy { $0 <= most } && rig.alerts.contains(.atCap(nonce: 5)), "\(reserves)")
    }

    @Test("a dropped form is signed again at a lower price when the market has fallen")
    func falls() throws {
        var rig = try Rig()
        rig.base = .gwei(25)
        rig.block([Rig.wish()])
        let first = try #require(rig.binding).latest
        rig.base = .gwei(1)
        rig.sighting = .absent
        for _ in 0..<3 { rig.block([Rig.wish()]) }
        let last = try #require(rig.binding).latest
        #expect(last.caps.maxFeePerGas < first.caps.maxFeePerGas && last.caps.maxFeePerGas > .gwei(1))
        #expect(rig.binding?.reserve == first.reserve, "the dearer one may still be mined")
    }

    @Test("no replacement where the price is not the problem")
    func priceIsRight() throws {
        var rig = try Rig()
        rig.block([Rig.wish()])
        for _ in 0..<8 {
            rig.rows.append(FeeMarket.Row(number: rig.number + 1, baseFeePerGas: .gwei(1), reward90: Wei(1)))
            rig.block([Rig.wish()])
        }
        #expect(try #require(rig.binding).forms.count == 1 && rig.alerts.contains(.priceIsNotTheProblem(nonce: 5)))
        #expect(rig.broadcasts.count > 2, "the same bytes are sent again")
    }

    @Test("nothing is bound that the next block could not hold, or that a cap forbids")
    func deferred() throws {
        var rig = try Rig { $0.maxFeePerGas = .gwei(4) }
        rig.base = .gwei(5)
        rig.block([Rig.wish()])
        #expect(rig.news.contains(.deferred(.price)) && rig.orders.isEmpty)
        rig.base = .gwei(1)
        rig.block([Rig.wish(gasLimit: 600_000)])
        #expect(rig.news.contains(.deferred(.gasLimit)) && rig.orders.isEmpty)
        rig.block([Rig.wish()])
        #expect(rig.orders.count == 1)
    }

    @Test("the day's cap counts what was paid and the most that what is in flight can cost")
    func day() throws {
        var rig = try Rig {
            $0.maxInFlight = 4
            $0.maxSpendPerDay = Wei.gwei(3) * 500_000
        }
        for _ in 0..<3 { rig.block([Rig.wish(1), Rig.wish(2), Rig.wish(3)]) }
        #expect(rig.machine.state.committed(at: rig.head.timestamp) <= Wei.gwei(3) * 500_000)
        #expect(rig.machine.state.bindings.count < 3 && rig.news.contains(.deferred(.dayCap)))
    }

    @Test("underpriced asks for more, a known cause is not repeated without a pause")
    func refusals() throws {
        var rig = try Rig()
        rig.verdict = .refused(.underpriced)
        rig.block([Rig.wish()])
        rig.block([Rig.wish()])
        #expect(try #require(rig.binding).forms.count == 2)
        rig = try Rig()
        rig.verdict = .refused(.insufficientFunds)
        rig.sighting = .absent
        rig.rows = (101...200).map { FeeMarket.Row(number: $0, baseFeePerGas: .zero, reward90: .zero) }
        rig.block([Rig.wish()])
        for _ in 0..<31 { rig.block([Rig.wish()]) }
        #expect(rig.broadcasts.count < 8 && rig.alerts.contains(.balance))
    }

    @Test("a form that no node can take gives its nonce to a cancel")
    func unsendable() throws {
        var rig = try Rig()
        rig.verdict = .refused(.intrinsicGasTooLow)
        rig.block([Rig.wish()])
        rig.verdict = .accepted
        for _ in 0..<3 { rig.block([Rig.wish()]) }
        let cancel = try #require(rig.binding).latest
        #expect(cancel.purpose == .cancel(.unsendable))
        rig.mine(cancel.hash)
        rig.becomeFinal([Rig.wish()])
        #expect(rig.outcomes == [.cancelled(.unsendable)])
        rig.block([Rig.wish()])
        #expect(rig.machine.isIdle, "it would be refused again")
    }

    @Test("a market that goes up and down for long gets fewer forms in time, and never the last one")
    func restless() throws {
        var rig = try Rig()
        rig.sighting = .absent
        func more(_ blocks: UInt64) -> Int {
            let before = rig.binding?.forms.count ?? 0
            for _ in 0..<blocks {
                // No two prices are the same.
                rig.base = .gwei(rig.number % 8 < 4 ? 1 : 10) + Wei(UInt256(rig.number * 1_000_000))
                rig.block([Rig.wish()])
            }
            return (rig.binding?.forms.count ?? 0) - before
        }
        #expect(more(400) >= 64)
        let late = more(320)
        #expect((5...10).contains(late), "\(late)")
    }

    @Test("a legacy chain gets transactions of the original form with one price")
    func legacy() throws {
        var rig = try Rig()
        var configuration = rig.machine.configuration
        configuration.fees.isLegacy = true
        rig.machine = TransactionMachine(configuration, state: rig.machine.state)
        rig.block([Rig.wish()])
        for _ in 0..<3 { rig.block([Rig.wish()]) }
        #expect(rig.orders.count >= 2)
        for order in rig.orders {
            guard case .legacy(let transaction) = order.transaction else { return #expect(Bool(false), "\(order.transaction)") }
            #expect(transaction.gasPrice == order.offer.caps.maxFeePerGas && transaction.chainID == 1)
            #expect(order.offer.caps.maxFeePerGas == order.offer.caps.maxPriorityFeePerGas)
        }
    }
}
