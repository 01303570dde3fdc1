import EthPrimitives
import EthRPC
import KeeperCore

/// Runs a keeper's own reads on each node and decides on what each of them says.
struct KeeperExamination<P: KeeperProgram> {
    let wiring: Wiring<P>
    let nodes: [DoctorNode]

    /// Adds to a report what its nodes mean for the keeper.
    func complete(_ report: inout DoctorReport) async throws {
        let common = wiring.common
        let account = await SignerCheck(wiring)
        report.findings += account.findings
        var checkup = KeeperCheckup(name: common.name, quorum: common.nodes.quorum, account: account.address ?? common.from)
        checkup.signer = account.place
        let (head, members) = commonBlock(report)
        checkup.head = head
        if let head {
            let sender = checkup.account
            for outcome in try await each(members, { try await ask($0, at: head, sender: sender) }) {
                switch outcome {
                case .success(let opinion): checkup.opinions.append(opinion)
                case .failure(let problem): report.findings.append(problem.finding)
                }
            }
        }
        report.findings += OpinionFindings(opinions: checkup.opinions, quorum: checkup.quorum).findings
        if let head, let address = account.address,
            let node = members.first(where: { $0.label == checkup.opinions.first?.endpoint })
        {
            let funds = FundsCheck(address: address, reserved: checkup.opinions[0].reserved, common.policy.maxSpendPerTransaction)
            let (balance, findings) = try await funds.findings(through: node, at: head)
            checkup.balance = balance
            report.findings += findings
        }
        report.keeper = checkup
    }

    /// The newest block that all fit nodes have. Where fewer than two are fit, those that lag a little are asked with them.
    private func commonBlock(_ report: DoctorReport) -> (head: BlockHeader?, members: [DoctorNode]) {
        let answering = report.nodes.filter { $0.isAnswering && $0.chainID == report.chainID }
        let fit = answering.filter { report.usable.contains($0.label) }
        let near = answering.filter { ($0.lag ?? 0) <= DoctorSettings.stateDepth }
        let chosen = fit.count > 1 ? fit : near
        let head = chosen.compactMap(\.head).min { $0.number < $1.number }
        return (head, nodes.filter { node in chosen.contains { $0.label == node.label } })
    }

    /// Why a node gives no opinion.
    private struct Problem: Error {
        var finding: Finding
    }

    private func ask(_ node: DoctorNode, at head: BlockHeader, sender: Address?) async throws -> Result<Opinion, Problem> {
        let listening = ListeningTransport(BatchSplittingTransport(node.transport))
        let provider = Provider(listening)
        func fails(_ kind: Finding.Kind, _ text: String, advice: String) -> Result<Opinion, Problem> {
            .failure(Problem(finding: Finding(kind, node.label, text, advice: advice)))
        }
        do {
            guard let header = try await provider.header(.hash(head.hash)) else {
                return fails(
                    .blocksDiffer, "does not know block \(head.number) \(head.hash), which others have",
                    advice: "It is behind, or on a fork")
            }
            guard header == head else {
                return fails(
                    .answersDiffer, "has another header for block \(head.hash)", advice: "One of the nodes is wrong about it")
            }
            // A keeper of its own for each node: what one learns must not colour what it makes of another.
            let keeper = try await wiring.keeper(sender: sender, at: head, through: provider)
            let snapshot = try await keeper.observe(head, through: provider)
            var memory = keeper.initialMemory
            let decision = keeper.decide(snapshot, &memory)
            return .success(
                Opinion(
                    node.label, decision, facts: try JournalRecord.json(snapshot),
                    reads: listening.exchanges.flatMap { HeardRead.all(in: $0, of: node) }))
        } catch let raw as RPCError {
            let error = node.cleaned(raw)
            let isMalformed = error.code == .malformedResult
            return fails(isMalformed ? .badAnswer : .readsFail, "the keeper's reads fail: \(error.message)", advice: error.advice)
        } catch let error as ConfigError {
            return fails(
                .configuration, "\(error)", advice: "Correct the configuration; if other nodes find it, this one is wrong")
        }
    }
}
