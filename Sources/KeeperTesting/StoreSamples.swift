import EthPrimitives
import EthTransactions
public import KeeperTransactions

/// What the checks of stores keep: each kind of record, and texts that are easily spoilt.
public enum StoreSamples {
    /// Texts with everything that a database, a file of lines or JSON treats in a way of its own, but no NUL.
    static let texts = [
        "", "a keeper", "it's", "\"quoted\" \\ \\n", "line\nbreak\r\n\ttab", "grüße 東京 🪙", "e\u{301} is not \u{E9}",
        "\u{1}\u{1F}\u{7F}",
        "\u{2028}\u{2029}\u{FEFF}", "x' OR 1=1; DROP TABLE record; --", "null", "0x00", "%s %d %n",
        String(repeating: "long ", count: 2_000),
    ]

    /// Each kind of record at least once, with the greatest numbers that there are.
    public static let records: [Record] = {
        let hash = Keccak256.hash("a transaction")
        let mined = IntentOutcome.Mined(hash: hash, block: .max, gasUsed: .max, cost: Wei(.max))
        let outcomes: [IntentOutcome] = [
            .minedWithEffect(mined), .minedWithoutEffect(mined, .reverted), .minedWithoutEffect(mined, .outOfGas),
            .minedWithoutEffect(mined, .missing(texts)), .minedWithoutEffect(mined, .unverified(texts)), .expired,
            .cancelled(.ordered), .cancelled(.unsendable),
            .satisfiedByOther,
        ]
        let purposes: [FormPurpose] = [
            .intent, .fill, .cancel(.expired), .cancel(.satisfiedByOther), .cancel(.ordered), .cancel(.unsendable),
        ]
        var records: [Record] = [
            .adopted(nonce: 0, block: 1), .adopted(nonce: .max, block: .max), .released(nonce: 5), .displaced(nonce: 6, by: hash),
            .filled(nonce: 7, cost: Wei(.max), time: .max), .recalled(key(1)), .paused(until: 0), .paused(until: .max),
        ]
        for index in texts.indices { records.append(.wanted(Wanted(key: key(index), intent: intent(index), since: .max))) }
        for purpose in purposes { records.append(.signed(signed(purpose))) }
        for (index, outcome) in outcomes.enumerated() {
            let nonce: Nonce? = index % 2 == 0 ? nil : .max
            let settlement = Settlement(
                key: key(index), outcome: outcome, nonce: nonce, cost: Wei(.max), time: 2, deadline: .max)
            records.append(.settled(settlement))
        }
        return records
    }()

    private static func key(_ index: Int) -> IntentKey {
        IntentKey(id: IntentID(keeper: texts[index], target: texts[texts.count - 1 - index], epoch: .max), attempt: index + 1)
    }

    private static func intent(_ index: Int) -> TransactionIntent {
        TransactionIntent(
            id: key(index).id, to: .zero, data: Bytes(Array(texts[index].utf8)), gasLimit: 350_081, gasExpected: 324_149,
            fees: FeeCaps(maxFeePerGas: .gwei(60), maxPriorityFeePerGas: Wei(1)), baseFeePerGas: Wei(.max),
            effects: effects(index), deadline: .max, maxAttempts: 3)
    }

    private static func effects(_ index: Int) -> [ExpectedEffect] {
        let hash = Keccak256.hash(texts[index])
        let word = ExpectedWord(StorageSlot(address: .zero, slot: hash), value: hash)
        return [
            ExpectedEffect(name: texts[index], address: .zero, topic: hash),
            ExpectedEffect(name: texts[index], address: .zero, topic: hash, word: hash),
            ExpectedEffect(name: texts[index], .word(word)),
        ]
    }

    private static func signed(_ purpose: FormPurpose) -> Record.Signed {
        let bytes = [UInt8](repeating: 0xC3, count: 300)
        let form = SignedForm(
            hash: Keccak256.hash(bytes), bytes: Bytes(bytes), purpose: purpose,
            caps: FeeCaps(maxFeePerGas: Wei(.max), maxPriorityFeePerGas: .zero), gasLimit: .max, block: 24_337_593)
        return Record.Signed(
            nonce: 14_233, key: purpose == .fill ? nil : key(1), intent: purpose.isIntent ? intent(1) : nil, form: form)
    }
}
