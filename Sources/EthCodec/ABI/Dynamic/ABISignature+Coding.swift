public import EthPrimitives

extension ABISignature {
    /// The data of a call: the selector and the encoded arguments; for a constructor the arguments alone.
    ///
    /// Throws as `ABIValue.encode` does.
    public func encodeCall(_ values: [ABIValue]) throws(ABIError) -> [UInt8] {
        let types = inputs.map(\.type)
        return kind == .constructor
            ? try ABIValue.encode(values, as: types) : try ABIValue.encode(values, after: selector, as: types)
    }

    /// The arguments of a call of this function, or of this custom error, selector included.
    ///
    /// Throws `ABIError.wrongSelector` if it is another one, other cases if the data does not fit; every byte must belong to an argument.
    public func decodeArguments(_ data: [UInt8]) throws(ABIError) -> [ABIValue] {
        try ABIValue.decode(data, after: selector, as: inputs.map(\.type))
    }

    /// What a call returned. Bytes behind the outputs are ignored, as contracts themselves do.
    ///
    /// Throws `ABIError.emptyOutput` if a function with outputs returned nothing, other cases if the data does not fit.
    public func decodeOutput(_ data: [UInt8]) throws(ABIError) -> [ABIValue] {
        guard !outputs.isEmpty else { return [] }
        var decoder = try ABIDecoder(output: data)
        return try decoder.next(outputs.map(\.type))
    }

    // MARK: Events

    /// Topics of a log entry of this event.
    public var topicCount: Int { inputs.count(where: \.isIndexed) + (isAnonymous ? 0 : 1) }

    /// Reads a log entry strictly, one value a parameter; indexed ones that are not one word stay hashes.
    ///
    /// Throws `ABIError.wrongTopic` or `.wrongTopicCount` if the entry is another event, other cases if topics or data do not fit.
    public func decodeLog(topics: [B256], data: [UInt8]) throws(ABIError) -> [ABILogValue] {
        if !isAnonymous {
            guard let first = topics.first else { throw .wrongTopicCount(expected: topicCount, actual: 0) }
            let expected = topic
            guard first == expected else { throw .wrongTopic(expected: expected, actual: first) }
        }
        guard topics.count == topicCount else { throw .wrongTopicCount(expected: topicCount, actual: topics.count) }
        var indexed = topics.dropFirst(isAnonymous ? 0 : 1).makeIterator()
        var rest = try ABIValue.decode(data, as: inputs.filter { !$0.isIndexed }.map(\.type)).makeIterator()
        var values: [ABILogValue] = []
        for input in inputs {
            if input.isIndexed, let topic = indexed.next() {
                values.append(input.type.isWord ? .value(try ABIValue.decode(topic.bytes, as: [input.type])[0]) : .hash(topic))
            } else if let value = rest.next() {
                values.append(.value(value))
            }
        }
        return values
    }
}

extension ABIType {
    /// Whether every value is exactly one word, which a topic can hold.
    public var isWord: Bool {
        switch self {
        case .uint, .int, .bool, .address, .fixedBytes, .function: true
        case .bytes, .string, .array, .fixedArray, .tuple: false
        }
    }
}
