public import EthCodec
public import KeeperCore

extension SQLiteStore: OrderDesk {
    public func openRequests() throws(StoreError) -> [(id: UInt64, request: OperatorRequest)] {
        try read { try OrderRows.open($0) }
    }

    public func answer(
        _ id: UInt64, _ answer: OperatorAnswer, of account: StoreAccount, journal: [JSON]
    ) throws(StoreError) {
        let time = now()
        try write { db in
            try OrderRows.answer(id, answer, in: db)
            try JournalRows.append(journal, at: time, to: db)
        }
    }
}
