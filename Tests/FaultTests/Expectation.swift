import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTransactions

/// What must come of a story. In each of them every decision that was made is the right one, and no node gets a
/// transaction twice at one head. What is mined is told when it is final.
enum Expectation: Sendable {
    /// As without the fault: a decision at every head, one transaction, mined.
    case unchanged
    /// A head is refused for this reason, and what was due is done at a later one.
    case late(Reason)
    /// It is refused for this reason, and nothing is sent.
    case refused(Reason)
    /// Other nodes do not confirm what the first one says: nothing is sent, head after head.
    case disagreed(Reason)
    /// A node said this against the bytes; their hash is watched, and mined.
    case watched(Reason)
    /// The keeper is told this, and goes on by itself to the end.
    case told(Reason)
    /// So many transactions of one nonce, one of them mined in the end.
    case done(transactions: Int, String)
    /// Under another chain: whatever was undone is done again, by the same transaction.
    case reorganised

    /// A refusal by its type, or by its words where it is no error.
    enum Reason: Sendable {
        case error(RPCError.Code)
        case node(NodeErrorKind)
        case wrongChain
        case words(String)
        /// Somebody else's transaction used a nonce; it is named.
        case foreign(Nonce)
        /// It depends on which of two things comes first.
        indirect case either(Reason, Reason)

        func isIn(_ account: Account) -> Bool {
            let errors = account.errors + [account.end].compactMap { $0 }
            switch self {
            case .error(let code): return errors.contains { ($0 as? RPCError)?.code == code }
            case .node(let kind): return errors.contains { ($0 as? RPCError)?.nodeError?.kind == kind }
            case .either(let one, let other): return one.isIn(account) || other.isIn(account)
            case .foreign(let nonce):
                return account.alerts.contains { if case .foreign(nonce, _?) = $0 { true } else { false } }
            case .wrongChain: return errors.contains { $0 is WrongChain }
            case .words(let words):
                return account.refusals.contains { $0.contains(words) } || errors.contains { "\($0)".contains(words) }
            }
        }

        var text: String {
            switch self {
            case .error(let code): "\(code)".split(separator: "(").first.map(String.init) ?? ""
            case .node(let kind): kind.rawValue
            case .wrongChain: "wrongChain"
            case .words(let words): words
            case .either(let one, let other): "\(one.text) or \(other.text)"
            case .foreign(let nonce): "another transaction used nonce \(nonce)"
            }
        }
    }

    var text: String {
        switch self {
        case .unchanged: "decision unchanged"
        case .late(let reason): "refused (\(reason.text)), done at a later head"
        case .refused(let reason), .disagreed(let reason): "refused (\(reason.text))"
        case .watched(let reason): "told (\(reason.text)), hash watched, done"
        case .told(let reason): "told (\(reason.text)), done"
        case .done(_, let words): "\(words), done"
        case .reorganised: "decision unchanged on the new branch, same transaction"
        }
    }

    /// What is not as it must be.
    func problems(_ account: Account) -> [String] {
        var problems: [String] = []
        func check(_ holds: Bool, _ problem: @autoclosure () -> String) { if !holds { problems.append(problem()) } }
        // The one intent has its one outcome, in the store and in the runner's words, and nothing is in flight.
        func isDone() {
            var isMined = false
            if case .minedWithEffect? = account.endings.first, account.endings.count == 1 { isMined = true }
            check(isMined && account.isMinedWithEffect, "nothing is mined with effect: \(account.endings) \(account.outcomes)")
            check(account.state.bindings.isEmpty && account.state.wanted.isEmpty, "not all is over: \(account.state)")
        }
        func isTold(_ reason: Reason) {
            check(reason.isIn(account), "expected to be told of \(reason.text), got \(account.errors) \(account.refusals)")
        }
        switch self {
        case .unchanged:
            let heads = account.ticks.map(\.head.number)
            check(account.isTrue, "a wrong decision")
            check(account.isSentOnce, "a node got a transaction twice")
            check(heads == Array((heads.first ?? 0)..<(heads.first ?? 0) + UInt64(heads.count)), "heads \(heads)")
            check(account.ticks.last?.head == account.world.head, "the newest head was not looked at")
            check(account.sent.count == 1, "\(account.sent.count) transactions")
            check(account.end == nil, "the keeper ended: \(account.end.map { "\($0)" } ?? "")")
            isDone()
        case .late(let reason):
            isTold(reason)
            check(account.isTrue, "a wrong decision")
            check(account.isSentOnce, "a node got a transaction twice")
            check(account.sent.count == 1, "\(account.sent.count) transactions")
            isDone()
        case .refused(let reason), .disagreed(let reason):
            isTold(reason)
            check(account.sent.isEmpty, "\(account.sent.count) transactions")
        case .watched(let reason):
            isTold(reason)
            check(account.isTrue, "a wrong decision")
            check(account.isSentOnce, "a node got a transaction twice")
            check(account.sent.count == 1, "\(account.sent.count) transactions")
            isDone()
        case .told(let reason):
            isTold(reason)
            check(account.isTrue, "a wrong decision")
            check(account.isSentOnceAtEachHead, "a node got a transaction twice at one head")
            check(account.end == nil, "the keeper ended: \(account.end.map { "\($0)" } ?? "")")
            isDone()
        case .done(let count, _):
            check(account.isTrue, "a wrong decision")
            check(account.sent.count == count, "\(account.sent.count) transactions")
            check(Set(account.sent.map { account.nonce(of: $0) }).count == 1, "more than one nonce")
            check(account.isSentOnceAtEachHead, "a node got a transaction twice at one head")
            check(account.end == nil, "the keeper ended: \(account.end.map { "\($0)" } ?? "")")
            isDone()
        case .reorganised:
            check(account.isTrue, "a wrong decision")
            check(account.sent.count == 1, "\(account.sent.count) transactions")
            check(account.isSentOnceAtEachHead, "a node got a transaction twice at one head")
            check(account.ticks.last?.head == account.world.head, "the newest head was not looked at")
            check(account.end == nil, "the keeper ended: \(account.end.map { "\($0)" } ?? "")")
            check(account.minedLast.map { account.world.isCanonical($0) } ?? false, "done on a branch that was abandoned")
            isDone()
        }
        return problems
    }
}
