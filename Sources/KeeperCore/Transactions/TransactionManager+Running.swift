import EthPrimitives
import EthRPC
import KeeperTransactions

extension TransactionManager {
    /// Reads the mailbox until the task is cancelled, or all is done after `drain`. Called once.
    /// - Throws: `ManagerError` of code `uncertain` or `damaged`: then the process must end.
    public func run() async throws {
        guard
            let machine = withShared({ shared in
                defer { shared.machine = nil }
                return shared.machine
            })
        else { throw ManagerError(.stopped, "the transaction manager runs already, or has ended") }
        do {
            try await withThrowingDiscardingTaskGroup { group in
                // What is under way is of no use to anybody when the reader goes.
                defer { group.cancelAll() }
                var reader = Reader(machine: machine)
                try tell(.restored, &reader, &group)
                while let message = await mailbox.next() {
                    do { try await take(message, &reader, &group) } catch {
                        for waiter in reader.waiters { waiter.give(.failure(error)) }
                        throw error
                    }
                    if reader.isDone(mailbox) { reader.answer() }
                    if reader.isDraining, reader.underWay == 0, mailbox.isEmpty { break }
                }
                for waiter in reader.waiters { waiter.give(.failure(Self.stopped)) }
            }
        } catch {
            end(error)
            throw error
        }
        end(Self.stopped)
    }

    private func end(_ error: any Error) {
        for message in mailbox.close() {
            switch message {
            case .look(_, let reply), .wished(_, _, let reply), .order(_, let reply): reply.give(.failure(error))
            case .answer, .drain: break
            }
        }
    }

    /// What the reader of the mailbox knows.
    struct Reader {
        var machine: TransactionMachine
        /// Actions without an answer yet.
        var underWay = 0
        /// Those who wait until nothing is.
        var waiters: [Reply<Void>] = []
        var isDraining = false
        /// What each view must tell of.
        var watched: [TransactionHash] = []
        /// Of the last view.
        var final: FinalBlock?
        /// Of the last view that told it.
        var balance: Wei?
        var branch = HeadBranch()

        func isDone(_ mailbox: Mailbox<Message>) -> Bool { underWay == 0 && mailbox.isEmpty }

        mutating func answer() {
            for waiter in waiters { waiter.give(.success(())) }
            waiters.removeAll()
        }
    }

    private func take(
        _ message: Message, _ reader: inout Reader, _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws {
        switch message {
        case .answer(let event):
            reader.underWay -= 1
            try tell(event, &reader, &group)
        case .look(_, let reply) where reader.isDraining, .wished(_, _, let reply) where reader.isDraining,
            .order(_, let reply) where reader.isDraining:
            reply.give(.failure(Self.stopped))
        case .look(let head, let reply):
            do {
                let view = try await view(at: head, &reader)
                reader.balance = view.balance ?? reader.balance
                try tell(.saw(view), &reader, &group)
                reply.give(.success(()))
            } catch let error as RPCError {
                reply.give(.failure(error))
            } catch {
                reply.give(.failure(error))
                throw error
            }
        case .wished(let wishes, let head, let reply):
            reader.waiters.append(reply)
            try tell(.wished(wishes, at: head), &reader, &group)
        case .order(let order, let reply):
            reader.waiters.append(reply)
            try tell(.ordered(order), &reader, &group)
        case .drain: reader.isDraining = true
        }
    }

    /// Tells an event and does what the machine asks for. What can be answered at once is told when all of it is begun.
    private func tell(
        _ event: MachineEvent, _ reader: inout Reader, _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) throws {
        var events = [event]
        while !events.isEmpty {
            let event = events.removeFirst()
            let actions = reader.machine.handle(event)
            trace?(event, actions)
            for action in actions {
                if let answer = try perform(action, &reader, &group) { events.append(answer) }
            }
            if let fault = reader.machine.fault {
                throw ManagerError(.damaged, "somebody else wrote to the store: \(fault)")
            }
            let status = ManagerStatus(
                state: reader.machine.state, head: reader.machine.newestHead, balance: reader.balance,
                isIdle: reader.machine.isIdle, isQuiet: reader.machine.isQuiet, underWay: reader.underWay)
            withShared { $0.status = status }
        }
    }
}
