public import EthCodec
public import EthRPC

/// Compares what a keeper believes about costs with what recordings show, head by head.
public protocol Calibration<Snapshot> {
    associatedtype Snapshot: Codable & Sendable

    /// Another recording begins: nothing goes on from the one before.
    mutating func begin(_ recording: String)

    /// Takes in what the keeper observed at the next head.
    /// - Parameter evidence: receipts and logs that the recording has of the blocks since the head before, this one included.
    mutating func take(_ snapshot: Snapshot, at head: BlockHeader, evidence: [BlockEvidence])

    /// The result after the last head of the last recording.
    var report: CalibrationReport { get }
}

/// A finished calibration.
public struct CalibrationReport: Sendable {
    /// For machines; printed with sorted keys.
    public var json: JSON
    /// For people.
    public var text: String
    /// Why nothing can be said; `nil` if something can.
    public var problem: String?

    public init(json: JSON, text: String, problem: String?) {
        self.json = json
        self.text = text
        self.problem = problem
    }
}
