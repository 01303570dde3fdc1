import EthPrimitives
import EthRPC
import Testing

@testable import KeeperTransactions

@Suite("Effects in storage")
struct StorageEffectTests {
    private static let slot = StorageSlot(address: Rig.target, slot: Keccak256.hash([7]))
    private static let value = Keccak256.hash([8])
    private let key = IntentKey(id: Rig.wish().id, attempt: 1)

    private static func wish(logs: Bool = false) -> TransactionIntent {
        var wish = Rig.wish()
        if !logs { wish.effects = [] }
        wish.effects.append(ExpectedEffect(name: "word", .word(ExpectedWord(slot, value: value))))
        return wish
    }

    private let wish = Self.wish()

    /// Mined in the next block, whose view is not told yet.
    private func mined(logs: Bool = false, effect: Bool = true) throws -> (Rig, WordPlace) {
        var rig = try Rig()
        rig.block([Self.wish(logs: logs)])
        let hash = try #require(rig.binding).latest.hash
        rig.mine(hash, effect: effect)
        return (rig, WordPlace(block: try #require(rig.receipts[hash]).blockHash, slot: Self.slot))
    }

    @Test("the word after the receipt's block decides", arguments: [true, false])
    func decides(isThere: Bool) throws {
        var (rig, place) = try mined()
        rig.words[place] = .word(isThere ? Self.value : B256())
        rig.becomeFinal()
        guard case .minedWithoutEffect(_, let shortfall)? = rig.outcomes.first else {
            return #expect(isThere && rig.outcomes.count == 1 && rig.outcomes.first?.isMined == true)
        }
        #expect(!isThere && shortfall == .missing(["word"]))
    }

    @Test("what is missing is named, logs and words alike; and one that is missing decides where another is gone")
    func named() throws {
        var (rig, place) = try mined(logs: true, effect: false)
        rig.words[place] = .word(B256())
        rig.becomeFinal()
        guard case .minedWithoutEffect(_, .missing(["poke", "word"]))? = rig.outcomes.first else {
            return #expect(Bool(false), "\(rig.outcomes)")
        }
        (rig, place) = try mined(logs: true, effect: false)
        rig.words[place] = .gone
        rig.becomeFinal()
        guard case .minedWithoutEffect(_, .missing(["poke"]))? = rig.outcomes.first else {
            return #expect(Bool(false), "\(rig.outcomes)")
        }
    }

    @Test("a word is asked for at the block of a receipt of status 1, until it is known, and for no cancel")
    func asked() throws {
        var (rig, place) = try mined()
        #expect(rig.wordsAsked == [place])
        rig.block([wish])
        #expect(rig.wordsAsked == [place])
        rig.words[place] = .gone
        rig.block([wish])
        #expect(rig.wordsAsked == [place])
        rig.words[place] = .word(Self.value)
        rig.block([wish])
        #expect(rig.wordsAsked.isEmpty)

        var reverted = try Rig()
        reverted.block([wish])
        reverted.mine(try #require(reverted.binding).latest.hash, succeeded: false)
        #expect(reverted.wordsAsked.isEmpty)

        var cancelled = try Rig()
        cancelled.block([wish])
        cancelled.tell(.ordered(.cancel(key)))
        cancelled.block([])
        let form = try #require(cancelled.binding).latest
        #expect(form.purpose == .cancel(.ordered))
        cancelled.mine(form.hash)
        #expect(cancelled.wordsAsked.isEmpty)
        cancelled.becomeFinal()
        #expect(cancelled.outcomes == [.cancelled(.ordered)])

        var logs = try Rig()
        logs.block([Rig.wish()])
        logs.mine(try #require(logs.binding).latest.hash)
        #expect(logs.wordsAsked.isEmpty)
    }

    @Test("while it is not read there is news, but neither outcome nor another try", arguments: [WordReading?.none, .unread])
    func unread(reading: WordReading?) throws {
        var (rig, place) = try mined()
        rig.words[place] = reading
        rig.becomeFinal([wish])
        for _ in 0..<40 { rig.block([wish]) }
        let hash = try #require(rig.binding).latest.hash
        #expect(rig.news.contains { if case .mined(hash, _, _) = $0 { true } else { false } })
        #expect(rig.outcomes.isEmpty && rig.machine.phase(of: key) == .mined && rig.machine.state.bindings.count == 1)
        #expect(rig.alerts.contains(.effectUnread(nonce: 5)))
        rig.words[place] = .word(B256())
        rig.block([wish])
        #expect(rig.outcomes.count == 1 && rig.machine.phase(of: key) == .ended)
        rig.block([wish])
        #expect(rig.binding?.key?.attempt == 2)
    }

    @Test("a word that was read once is known when the nodes have forgotten it, but not to another process")
    func kept() throws {
        var (rig, place) = try mined()
        rig.words[place] = .word(Self.value)
        rig.block([])
        rig.words[place] = .gone
        var other = rig
        rig.becomeFinal()
        guard case .minedWithEffect? = rig.outcomes.first else { return #expect(Bool(false), "\(rig.outcomes)") }
        try other.restart()
        other.becomeFinal()
        guard case .minedWithoutEffect(_, .unverified(["word"]))? = other.outcomes.first else {
            return #expect(Bool(false), "\(other.outcomes)")
        }
    }

    @Test("what a late view says to be gone does not undo what is known")
    func late() throws {
        var (rig, place) = try mined()
        rig.number += 1
        rig.words[place] = .gone
        let late = rig.view
        rig.words[place] = .word(Self.value)
        rig.tell(.saw(rig.view))
        rig.tell(.saw(late))
        rig.words = [:]
        rig.becomeFinal()
        guard case .minedWithEffect? = rig.outcomes.first else { return #expect(Bool(false), "\(rig.outcomes)") }
    }

    @Test("where the state is gone unread, the outcome waits for finality and says so; a wish in spite of it is another try")
    func gone() throws {
        var (rig, place) = try mined()
        rig.words[place] = .gone
        for _ in 0..<6 { rig.block([wish]) }
        #expect(rig.outcomes.isEmpty && rig.machine.state.bindings.count == 1)
        rig.becomeFinal([wish])
        guard case .minedWithoutEffect(_, .unverified(["word"]))? = rig.outcomes.first else {
            return #expect(Bool(false), "\(rig.outcomes)")
        }
        #expect(rig.binding?.key?.attempt == 2)
    }

    @Test("gone or not: after a day without a reading nothing more is expected")
    func day() throws {
        var (rig, place) = try mined()
        rig.words[place] = .unread
        rig.becomeFinal()
        rig.number = 102 + 7_199
        rig.block([])
        #expect(rig.outcomes.isEmpty)
        rig.block([])
        guard case .minedWithoutEffect(_, .unverified(["word"]))? = rig.outcomes.first else {
            return #expect(Bool(false), "\(rig.outcomes)")
        }
    }

    @Test("another fork has its own word: what the one before had counts no more")
    func fork() throws {
        var (rig, place) = try mined()
        let hash = try #require(rig.binding).latest.hash
        rig.words[place] = .word(B256())
        rig.block([])
        rig.fork = 1
        rig.nonce = 5
        rig.mine(hash)
        let other = WordPlace(block: try #require(rig.receipts[hash]).blockHash, slot: Self.slot)
        #expect(other != place && rig.wordsAsked == [other])
        rig.words[other] = .word(Self.value)
        rig.becomeFinal()
        guard case .minedWithEffect? = rig.outcomes.first else { return #expect(Bool(false), "\(rig.outcomes)") }
    }

    @Test("a receipt that only final blocks show has its words asked for too")
    func located() throws {
        var (rig, place) = try mined()
        let receipt = try #require(rig.receipts.values.first)
        rig.receipts = [:]
        rig.sighting = .absent
        rig.number += 20
        rig.finalizedNonce = 6
        rig.tell(.saw(rig.view))
        #expect(rig.wordsAsked.isEmpty)
        rig.tell(.located(nonce: 5, .own(receipt)))
        #expect(rig.wordsAsked == [place] && rig.outcomes.isEmpty)
        rig.words[place] = .word(Self.value)
        rig.block([])
        guard case .minedWithEffect? = rig.outcomes.first else { return #expect(Bool(false), "\(rig.outcomes)") }
    }
}
