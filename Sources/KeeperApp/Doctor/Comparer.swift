import EthCodec
import EthPrimitives
import EthRPC

/// Puts the same questions to nodes of one chain.
struct Comparer {
    let settings: DoctorSettings

    /// A node with what it said before.
    struct Member: Sendable {
        var node: DoctorNode
        var facts: NodeFacts
        var height: UInt64 { facts.head?.number ?? 0 }
    }

    func compare(_ members: [Member]) async throws -> Comparison {
        var comparison = Comparison()
        guard members.count > 1, let best = members.map(\.height).max() else { return comparison }
        let near = members.filter { best - $0.height <= DoctorSettings.stateDepth }
        let common = Self.settled(near.map(\.height).min() ?? 0)
        let heights = Set([common] + members.map { min(common, Self.settled($0.height)) }).sorted()
        for height in heights {
            let askable = members.filter { $0.height >= height }
            guard askable.count > 1 else { continue }
            comparison.heights.append(height)
            let headers = try await each(askable) { try await header($0, at: height) }
            let answers = zip(askable, headers).map { member, header in (member.node.label, Self.answer(header)) }
            let difference = Disagreement("block \(height)", answers)
            if let difference { comparison.blocks.append(difference) }
            guard height == common else { continue }
            let nearby = zip(askable, headers).filter { member, _ in near.contains { $0.node.label == member.node.label } }
            // Where there is no majority, there is no block to ask all of them for.
            let hash = difference == nil ? Self.anyHash(headers) : difference?.majority?.answer
            try await read(nearby.map { ($0, $1) }, at: hash, &comparison)
        }
        return comparison
    }

    private static func settled(_ height: UInt64) -> UInt64 { height - min(height, DoctorSettings.settledDepth) }

    private func header(_ member: Member, at height: UInt64) async throws -> Result<BlockHeader, RPCError> {
        do {
            guard let header = try await member.node.provider.header(.number(height)) else {
                return .failure(RPCError(.malformedResult, "does not know block \(height), though its head is newer"))
            }
            return .success(header)
        } catch let error as RPCError {
            return .failure(member.node.cleaned(error))
        }
    }

    private static func answer(_ header: Result<BlockHeader, RPCError>) -> ReadAnswer {
        switch header {
        case .success(let header): .value(header.hash.description)
        case .failure(let error): ReadAnswer(error)
        }
    }

    private static func anyHash(_ headers: [Result<BlockHeader, RPCError>]) -> ReadAnswer? {
        headers.map(answer).first { if case .value = $0 { true } else { false } }
    }

    /// The state of one block, of those who have it.
    private func read(
        _ members: [(Member, Result<BlockHeader, RPCError>)], at hash: ReadAnswer?, _ comparison: inout Comparison
    ) async throws {
        let holders = members.filter { Self.answer($0.1) == hash }
        guard holders.count > 1, case .success(let head) = holders[0].1 else { return }
        let reads = ComparedRead.standard(chainlog: settings.chainlog) + settings.reads
        comparison.head = head
        comparison.endpoints = holders.map(\.0.node.label)
        comparison.reads = reads.count
        let answers = try await each(holders.map(\.0)) { member in
            var answers: [(subject: String, answer: ReadAnswer)] = []
            for read in reads { answers += try await Self.answers(of: member.node, to: read, at: head) }
            return answers
        }
        var table = AnswerTable()
        for (member, answers) in zip(holders.map(\.0), answers) {
            for (subject, answer) in answers { table.add(subject, member.node.label, answer) }
        }
        comparison.disagreements = table.disagreements
        comparison.silences = table.silences
    }

    /// A node's answer to a read, or one for each of the members that are compared.
    private static func answers(
        of node: DoctorNode, to read: ComparedRead, at head: BlockHeader
    ) async throws -> [(subject: String, answer: ReadAnswer)] {
        let request = read.request(head)
        do {
            let json = try await node.provider.request(request.method, request.params).json
            guard !read.members.isEmpty else { return [(read.name, ReadAnswer(json, isNumber: read.isNumber, node.clean))] }
            return read.members.map { ("\(read.name) \($0)", ReadAnswer(json[$0], node.clean)) }
        } catch let error as RPCError {
            return [(read.name, ReadAnswer(node.cleaned(error)))]
        }
    }
}

/// Runs work for all elements at once; results in their order.
func each<T: Sendable, R: Sendable>(
    _ elements: [T], _ work: @escaping @Sendable (T) async throws -> R
) async throws -> [R] {
    try await withThrowingTaskGroup(of: (Int, R).self) { group in
        for (index, element) in elements.enumerated() { group.addTask { (index, try await work(element)) } }
        var results: [(Int, R)] = []
        for try await result in group { results.append(result) }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
