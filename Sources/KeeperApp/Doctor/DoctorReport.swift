public import EthCodec
public import EthPrimitives

/// What the doctor found out about nodes.
public struct DoctorReport: Sendable {
    /// The chain that the nodes should be on; `nil` if none of them told its own.
    public var chainID: ChainID?
    public var nodes: [NodeFacts]
    public var comparison: Comparison
    /// What the nodes mean for one keeper, where one was asked about.
    var keeper: KeeperCheckup?
    /// What is wrong, and remarks.
    public var findings: [Finding]

    /// What a program ends with: the gravest finding decides.
    public var exitCode: KeeperExitCode { findings.exitCode }

    /// Nodes that a keeper can use: they answer, on the right chain, and do not lag.
    var usable: [String] {
        let unfit = Set(findings.filter { [.lagging, .staleHead, .syncing].contains($0.kind) }.flatMap(\.endpoints))
        return nodes.filter { $0.isAnswering && $0.chainID == chainID && !unfit.contains($0.label) }.map(\.label)
    }

    public var json: JSON {
        .object([
            "chainId": chainID.map { .integer($0.rawValue) }, "nodes": .array(nodes.map(\.json)), "comparison": comparison.json,
            "keeper": keeper?.json,
            "findings": .array(findings.map(\.json)), "exitCode": .integer(exitCode.rawValue),
        ])
    }
}
