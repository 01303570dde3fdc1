internal import EthCodec
import EthPrimitives

/// What two recordings say differently, head by head.
public struct CassetteComparison: Sendable {
    /// One difference.
    public struct Difference: Sendable {
        public enum Kind: String, Sendable {
            /// The head is in one recording only.
            case head
            /// Another block of the same number.
            case block
            /// The request is in one recording only, or not as often in the other.
            case request
            /// The same request, another answer.
            case answer
            /// The recordings are of different chains.
            case chain
        }

        public var kind: Kind
        public var block: UInt64?
        /// Method and canonical parameters.
        public var request: String?
        /// What the first and the second recording have; `nil` for nothing.
        public var first: String?
        public var second: String?
    }

    /// The first ones.
    public private(set) var differences: [Difference] = []
    /// How many there are.
    public private(set) var count = 0
    /// Heads that are in both.
    public private(set) var commonHeads = 0
    /// Requests that are in both, with the same answer.
    public private(set) var commonAnswers = 0

    private let limit: Int

    /// Reads both files once, in step: heads are expected in the order of their numbers. Ids, white space and the order of members
    /// make no difference, nor does it which requests went in one batch.
    /// - Parameter limit: differences that are kept.
    public init(_ first: String, _ second: String, limit: Int) throws(CassetteError) {
        self.limit = limit
        let one = try CassetteHeadReader(path: first)
        let other = try CassetteHeadReader(path: second)
        var (left, right) = (try one.next(), try other.next())
        if let chain = one.opening?.chainID, let otherChain = other.opening?.chainID, chain != otherChain {
            add(Difference(kind: .chain, first: "\(chain)", second: "\(otherChain)"))
        }
        while left != nil || right != nil {
            switch Self.order(left?.label, right?.label) {
            case .same:
                if let left, let right { compare(left, right) }
                (left, right) = (try one.next(), try other.next())
            case .other:
                add(Difference(kind: .block, block: left?.label.block, first: left?.text, second: right?.text))
                (left, right) = (try one.next(), try other.next())
            case .firstOnly:
                add(Difference(kind: .head, block: left?.label.block, first: left?.text))
                left = try one.next()
            case .secondOnly:
                add(Difference(kind: .head, block: right?.label.block, second: right?.text))
                right = try other.next()
            }
        }
        let none = CassetteHeadReader.Head(label: CassetteLabel(), exchanges: [])
        compare(one.loose ?? none, other.loose ?? none)
    }

    private enum Order { case same, other, firstOnly, secondOnly }

    private static func order(_ left: CassetteLabel?, _ right: CassetteLabel?) -> Order {
        guard let left else { return .secondOnly }
        guard let right else { return .firstOnly }
        if left.hash == right.hash { return .same }
        let (one, other) = (left.block ?? 0, right.block ?? 0)
        return one == other ? .other : one < other ? .firstOnly : .secondOnly
    }

    private mutating func add(_ difference: Difference) {
        count += 1
        if differences.count < limit { differences.append(difference) }
    }

    private mutating func compare(_ left: CassetteHeadReader.Head, _ right: CassetteHeadReader.Head) {
        if left.label.hash != nil { commonHeads += 1 }
        let (ours, theirs) = (left.answers, right.answers)
        for request in Set(ours.keys).union(theirs.keys).sorted(by: { $0.description < $1.description }) {
            let (one, other) = (ours[request] ?? [], theirs[request] ?? [])
            for index in 0..<max(one.count, other.count) {
                let first = index < one.count ? one[index] : nil
                let second = index < other.count ? other[index] : nil
                guard first != second else {
                    commonAnswers += 1
                    continue
                }
                add(
                    Difference(
                        kind: first == nil || second == nil ? .request : .answer, block: left.label.block ?? right.label.block,
                        request: request.description, first: first, second: second))
            }
        }
    }
}

extension CassetteHeadReader.Head {
    /// For people.
    fileprivate var text: String { "\(label.hash.map { $0.description } ?? "no hash"), \(exchanges.count) requests" }

    /// Answers by request, without what differs between two nodes that say the same. A pinned request that came again with the same
    /// answer counts once.
    fileprivate var answers: [CanonicalRequest: [String]] {
        var answers: [CanonicalRequest: [String]] = [:]
        for exchange in exchanges {
            let text = Self.text(exchange.response)
            if exchange.request.pinnedTo != nil, answers[exchange.request]?.contains(text) ?? false { continue }
            answers[exchange.request, default: []].append(text)
        }
        return answers
    }

    private static func text(_ response: ArraySlice<UInt8>) -> String {
        // A response that is no JSON did not get through the line's reader.
        guard let json = try? JSONScanner.parse(response) else { return String(decoding: response, as: UTF8.self) }
        if let error = json["error"] { return "error " + error.sortedText }
        return json["result"]?.sortedText ?? json.sortedText
    }
}
