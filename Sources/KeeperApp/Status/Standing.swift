public import EthCodec
public import KeeperCore

/// The contracts that a keeper works on, as they stand at a head.
public struct Standing: Sendable {
    /// For people: titles first; the first column is a name.
    public var rows: [[String]]
    public var json: JSON
    public var work: [Work]

    public init(rows: [[String]], json: JSON, work: [Work]) {
        self.rows = rows
        self.json = json
        self.work = work
    }
}
