import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions

extension TransactionManager {
    /// Begins an action.
    /// - Returns: its answer, if that is known at once.
    /// - Throws: `ManagerError` if nobody knows whether a write is durable.
    func perform(
        _ action: MachineAction, _ reader: inout Reader, _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) throws -> MachineEvent? {
        switch action {
        case .persist(let write): return try persist(write, at: reader.machine.newestHead)
        case .sign(let order):
            // A policy lets only nonces be taken back that are bound.
            let request = SigningRequest(order, in: reader.machine.state)
            begin(&reader, &group) { await self.sign(order.ticket, request) }
        case .broadcast(let bytes, let hash, _): begin(&reader, &group) { await self.broadcast(bytes, hash) }
        case .watch(let hashes): reader.watched = hashes
        case .locate(let nonce, let lowest):
            let (final, watched, head) = (reader.final, Set(reader.watched), reader.machine.newestHead)
            begin(&reader, &group) {
                await self.locate(nonce, from: lowest, upTo: final, head, watched)
            }
        case .report(let report):
            withShared { $0.reports.append(report) }
            notify(.report(report))
        case .alert(let alert):
            notify(.alert(alert))
            try writeDown(alert, at: reader.machine.newestHead)
        }
        return nil
    }

    /// Work beside the reader, with one answer.
    private func begin(
        _ reader: inout Reader, _ group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ work: @escaping @Sendable () async -> MachineEvent
    ) {
        reader.underWay += 1
        group.addTask { self.mailbox.post(.answer(await work())) }
    }

    // MARK: - The store

    /// All records and the journal's lines of outcomes among them, together.
    private func persist(_ write: Write, at head: BlockHeader?) throws -> MachineEvent {
        var lines: [JSON] = []
        for record in write.records {
            guard case .settled(let settlement) = record else { continue }
            do { lines.append(try JournalRecord.final(settlement, at: head)) } catch {
                return .persistFailed(write: write.id, reason: "\(error)")
            }
        }
        do throws(StoreError) {
            try store.append(write.records, of: account, journal: lines)
            return .persisted(write: write.id)
        } catch {
            guard error.isCertain else {
                throw ManagerError(.uncertain, "nobody knows whether records are durable: \(error)")
            }
            return .persistFailed(write: write.id, reason: "\(error)")
        }
    }

    /// An alert that cannot be written down was told all the same.
    private func writeDown(_ alert: TransactionAlert, at head: BlockHeader?) throws {
        do throws(StoreError) {
            try store.append([], of: account, journal: [JournalRecord.alert(alert, at: head)])
        } catch  where !error.isCertain {
            throw ManagerError(.uncertain, "nobody knows whether an alert is durable: \(error)")
        } catch {}
    }

    // MARK: - The signer

    /// The signature is checked to be the account's; bytes and hash follow from it here. One that comes too late is never used.
    private func sign(_ ticket: UInt64, _ request: SigningRequest) async -> MachineEvent {
        let signer = signer
        do {
            let envelope = try await clock.limit(limits.signing) { try await signer.signed(request) }
            let bytes = envelope.encoded
            return .signed(ticket: ticket, bytes: Bytes(bytes), hash: Keccak256.hash(bytes))
        } catch let error as RPCError where error.code == .timeout {
            return .signingFailed(ticket: ticket, reason: "the signer gave no signature within \(limits.signing)")
        } catch {
            return .signingFailed(ticket: ticket, reason: "\(error)")
        }
    }

    // MARK: - The nodes

    private func broadcast(_ bytes: Bytes, _ hash: TransactionHash) async -> MachineEvent {
        let nodes = nodes
        do {
            let report = try await clock.limit(limits.broadcast) { try await nodes.broadcast(bytes.rawValue) }
            return .broadcast(hash, report.wasNeverSent ? .neverSent : BroadcastVerdict(report))
        } catch {
            // Whatever it is: bytes may be out.
            return .broadcast(hash, .noAnswer)
        }
    }

    /// A view from the first node that gives one.
    /// - Throws: `RPCError` of the first that does not.
    func view(at head: BlockHeader, _ reader: inout Reader) async throws -> ChainView {
        let machine = reader.machine
        let reading = ViewReading(
            head: head, account: configuration.account, finality: finality, watched: reader.watched,
            isLegacy: configuration.fees.isLegacy, words: { machine.wordsToRead(for: $0) })
        let (branch, final) = (reader.branch, reader.final)
        var asked: Set<String> = []
        var failure: RPCError?
        while let node = nodes.view(at: head, besides: asked) {
            asked.insert(node.label)
            do {
                var view: ChainView
                (view, reader.final, reader.branch) = try await clock.limit(limits.view) {
                    try await reading.view(from: node, branch, final)
                }
                let everyNode = nodes.everyNode
                await reading.askPools(of: everyNode, besides: node, within: limits.pools, clock, &view)
                await reading.askWords(of: everyNode, besides: node, within: limits.pools, clock, &view)
                if !reader.machine.state.isAdopted {
                    view.pendingNonce = await reading.pendingNonce(of: everyNode, within: limits.pools, clock)
                }
                return view
            } catch {
                guard !Task.isCancelled else { throw error }
                let error = error as? RPCError ?? RPCError(.connectionLost, "\(error)", endpoint: node.label)
                node.discredit("\(error)")
                failure = failure ?? error
            }
        }
        throw failure ?? RPCError(.unreachable, "there is no node to ask")
    }

    private func locate(
        _ nonce: Nonce, from lowest: UInt64, upTo final: FinalBlock?, _ head: BlockHeader?, _ watched: Set<TransactionHash>
    ) async -> MachineEvent {
        guard let final, let head, let node = nodes.view(at: head, besides: []) else {
            return .located(nonce: nonce, .unknown)
        }
        let search = NonceSearch(account: configuration.account, nonce: nonce, lowest: lowest, final: final, ours: watched)
        do {
            let location = try await clock.limit(limits.location) { try await search.location(from: node.provider) }
            return .located(nonce: nonce, location)
        } catch {
            // Asked again later.
            return .located(nonce: nonce, .unknown)
        }
    }
}
