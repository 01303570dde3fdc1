public import EthPrimitives

/// A contract interface that is known only at run time: the declarations of a JSON ABI, or of human-readable lines.
public struct ABIDocument: Sendable, Hashable {
    /// In the order of the document.
    public let entries: [ABISignature]
    private let functions: [Selector: [ABISignature]]
    private let errors: [Selector: [ABISignature]]
    private let events: [B256: [ABISignature]]

    public init(_ entries: [ABISignature]) {
        self.entries = entries
        functions = Dictionary(grouping: entries.filter { $0.kind == .function }, by: \.topic.selector)
        errors = Dictionary(grouping: entries.filter { $0.kind == .error }, by: \.topic.selector)
        events = Dictionary(grouping: entries.filter { $0.kind == .event && !$0.isAnonymous }, by: \.topic)
    }

    /// Parses one declaration a line of human-readable text; empty lines are passed over. Throws what `ABISignature(parsing:)` throws.
    public init(declarations text: String) throws(ABIError) {
        var entries: [ABISignature] = []
        for line in text.split(separator: "\n") where !line.allSatisfy(\.isWhitespace) {
            entries.append(try ABISignature(parsing: String(line)))
        }
        self.init(entries)
    }

    /// The function that a selector stands for, the first of the document if there are several.
    public func function(_ selector: Selector) -> ABISignature? { functions[selector]?.first }

    /// The custom error that a selector stands for, the first of the document if there are several.
    public func error(_ selector: Selector) -> ABISignature? { errors[selector]?.first }

    /// The events with that first topic. Events that differ only in what is indexed share one: the Transfers of ERC-20 and ERC-721.
    public func events(_ topic: B256) -> [ABISignature] { events[topic] ?? [] }

    /// Entries of one kind and name: overloads.
    public func entries(_ kind: ABISignature.Kind, named name: String) -> [ABISignature] {
        entries.filter { $0.kind == kind && $0.name == name }
    }

    // MARK: Decoding

    /// The call that `data` spells, `nil` if the document has no function of its selector. Throws `ABIError` if it has one that does not fit.
    public func decodeCall(_ data: [UInt8]) throws(ABIError) -> ABIDecodedCall? {
        guard let selector = Selector(data.prefix(4)), let function = function(selector) else { return nil }
        return ABIDecodedCall(function, try function.decodeArguments(data))
    }

    /// The custom error that revert data spells, `nil` if the document has none of its selector.
    /// Throws `ABIError` if it has one that does not fit.
    public func decodeError(_ data: [UInt8]) throws(ABIError) -> ABIDecodedCall? {
        guard let selector = Selector(data.prefix(4)), let error = error(selector) else { return nil }
        return ABIDecodedCall(error, try error.decodeArguments(data))
    }

    /// The event that a log entry records, `nil` if it is none of the document.
    ///
    /// An anonymous event is known only by its shape, so it is taken if the entry fits it in every bit and no other event has the topic.
    /// Throws `ABIError` if an event has the first topic but the rest of the entry does not fit it.
    public func decodeLog(topics: [B256], data: [UInt8]) throws(ABIError) -> ABIDecodedLog? {
        let named = topics.first.map(events) ?? []
        if let event = named.first(where: { $0.topicCount == topics.count }) ?? named.first {
            return ABIDecodedLog(event, try event.decodeLog(topics: topics, data: data))
        }
        for event in entries where event.kind == .event && event.isAnonymous {
            do throws(ABIError) {
                return ABIDecodedLog(event, try event.decodeLog(topics: topics, data: data))
            } catch {
                continue  // Another event: only a fit in every bit says that it is this one.
            }
        }
        return nil
    }
}
