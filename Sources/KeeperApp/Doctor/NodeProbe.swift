import EthCodec
import EthPrimitives
import EthRPC

/// Asks one node, request after request: a doctor burdens nobody.
struct NodeProbe {
    let node: DoctorNode
    let settings: DoctorSettings

    /// Exchanges without any answer after which a node is left alone: each may take the whole timeout.
    private static let patience = 2

    /// Who it is and where it stands.
    func introduction() async throws -> NodeFacts {
        var facts = NodeFacts(node.label)
        do {
            facts.chainID = try await node.provider.chainID()
            facts.head = try await node.provider.head()
        } catch let error as RPCError {
            facts.failure = node.cleaned(error)
            return facts
        }
        do {
            facts.client = Self.client(node.clean(try await node.provider.value(.clientVersion)))
            if case .syncing = try await node.provider.value(.syncStatus) { facts.isSyncing = true }
        } catch let error as RPCError {
            // Hosted nodes hide who they are, some also whether they are syncing.
            if error.nodeError == nil { facts.troubles.append(node.cleaned(error)) }
        }
        return facts
    }

    /// Everything else.
    func examine(_ facts: inout NodeFacts) async throws {
        guard let head = facts.head else { return }
        try await time(&facts)
        for capability in Capability.allCases {
            guard facts.troubles.count(where: { $0.nodeError == nil }) < Self.patience else {
                facts.capabilities[capability] = .unclear("not asked, as others had no answer")
                continue
            }
            facts.capabilities[capability] = try await status(of: capability, at: head, &facts)
        }
        guard facts.troubles.count(where: { $0.nodeError == nil }) < Self.patience else { return }
        if settings.batchCap > 1 { try await searchBatch(&facts) }
        if settings.looksForArchive { try await searchOldestState(head, &facts) }
    }

    /// Times requests that cost a node nothing.
    private func time(_ facts: inout NodeFacts) async throws {
        for _ in 0..<settings.probes where facts.latency.failures < Self.patience {
            let start = settings.clock.now
            do {
                _ = try await node.provider.value(.blockNumber)
                facts.latency.answered(in: settings.clock.now - start)
            } catch let error as RPCError {
                facts.latency.failed()
                facts.troubles.append(node.cleaned(error))
            }
        }
    }

    private func status(
        of capability: Capability, at head: BlockHeader, _ facts: inout NodeFacts
    ) async throws -> Capability.Status {
        do {
            guard let probe = CapabilityProbe(capability, at: head) else { return try await subscription() }
            return try probe.judge(try await node.provider.request(probe.request.method, probe.request.params))
        } catch let error as RPCError {
            if error.nodeError.map({ $0.kind == .rateLimited }) ?? (error.code != .malformedResult) {
                facts.troubles.append(node.cleaned(error))
            }
            return CapabilityProbe.status(node.cleaned(error))
        }
    }

    /// Whether heads are pushed: waits for the confirmation only, the next head may be long in coming.
    private func subscription() async throws -> Capability.Status {
        guard let socket = node.subscribing else { return .notApplicable }
        return try await settings.clock.limit(settings.timeout) {
            for try await event in socket.subscribe(to: .newHeads) {
                if case .live = event { return .yes }
            }
            return .unclear("the subscription ended")
        }
    }

    /// Looks for the largest batch that is answered whole.
    private func searchBatch(_ facts: inout NodeFacts) async throws {
        var search = BatchFigures(cap: settings.batchCap)
        while let size = search.next {
            let batch = (1...size).map { RPCRequest(id: UInt64($0), method: "eth_chainId") }
            do {
                let responses = try await node.transport.send(batch)
                search.tried(size, worked: responses.count == size && responses.allSatisfy(\.hasResult))
            } catch let error as RPCError {
                if case .rateLimited = error.nodeError?.kind {
                    // That says nothing about the size of a batch.
                    facts.troubles.append(node.cleaned(error))
                    return
                }
                search.tried(size, worked: false)
            }
        }
        facts.batch = search
    }

    /// Looks for the oldest block with state, by halving.
    private func searchOldestState(_ head: BlockHeader, _ facts: inout NodeFacts) async throws {
        // The first block stands for all: a node that has its state has everything.
        if try await hasState(1) { return facts.oldestState = 1 }
        var (without, with): (UInt64, UInt64) = (1, head.number)
        while with > without + 1 {
            let middle = without + (with - without) / 2
            if try await hasState(middle) { with = middle } else { without = middle }
        }
        facts.oldestState = with
    }

    private func hasState(_ number: UInt64) async throws -> Bool {
        do {
            _ = try await node.provider.balance(of: .zero, at: .number(number))
            return true
        } catch is RPCError {
            return false
        }
    }

    /// Name and version of a client, such as `Geth/v1.16.4-stable`, without what follows of build and machine.
    private static func client(_ text: String) -> String {
        let visible = text.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F }.map(String.init).joined()
        let parts = visible.split(separator: "/").prefix(2).map { part in
            let cut = part.prefix { $0 != "+" }
            // The part behind the second hyphen is a commit.
            return cut.split(separator: "-").prefix(2).joined(separator: "-").prefix(24)
        }
        return parts.joined(separator: "/")
    }
}

extension RPCResponse {
    fileprivate var hasResult: Bool { if case .success = outcome { true } else { false } }
}
