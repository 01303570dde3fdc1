internal import EthCodec
internal import EthPrimitives
internal import EthRPC

/// The decoders of results, each on results that look like its own: an error's text takes longer than the decoding.
enum TypedAnswers {
    /// - Returns: whether a decoder took the result.
    static func check(_ bytes: ArraySlice<UInt8>) throws(BrokenPromise) -> Bool {
        // A string may be no text: then there is no tree, and the scanners decide alone.
        guard let tree = try? JSONScanner.parse(bytes) else { return try scan(bytes, as: Block.self, nil, \.json) }
        switch tree {
        case .string: return checkText(FieldReader(tree, path: "result"))
        case .array(let elements):
            let names = Set(elements.first?.members?.map(\.name) ?? [])
            if names.contains("logs") { return try scan(bytes, as: [ExecutionReceipt].self, tree) { .array($0.map(\.json)) } }
            if names.contains("topics") { return try scan(bytes, as: [Log].self, tree) { .array($0.map(\.json)) } }
            guard names.contains("calls"), let element = elements.first else { return false }
            return try read(element, as: SimulatedBlock.init, \.json)
        case .object(let members): return try check(bytes, tree, Set(members.map(\.name)))
        case .null, .bool, .number: return try read(tree, as: SyncStatus.init, \.json)
        }
    }

    private static func check(_ bytes: ArraySlice<UInt8>, _ tree: JSON, _ names: Set<String>) throws(BrokenPromise) -> Bool {
        var taken = false
        if names.contains("parentHash") {
            taken = try scan(bytes, as: Block.self, tree, \.json)
            taken = (try? BlockHeader(bytes)) != nil || taken
            _ = try? PendingBlock(bytes)
            try checkHeader(FieldReader(tree, path: "result"))
        } else if names.contains("nonce"), names.contains("gas") {
            taken = try scan(bytes, as: ReportedTransaction.self, tree, \.json)
            try checkTransaction(FieldReader(tree, path: "result"))
        }
        if names.contains("logs") {
            taken = try scan(bytes, as: ExecutionReceipt.self, tree, \.json) || taken
            _ = try? Receipt(bytes)
        }
        if names.contains("topics") { taken = try scan(bytes, as: Log.self, tree, \.json) || taken }
        if names.contains("oldestBlock") {
            taken = try scan(bytes, as: FeeHistoryReport.self, tree, \.json) || taken
            _ = try? FeeHistory(bytes)
        }
        if names.contains("storageProof") { taken = try read(tree, as: AccountProof.init, \.json) || taken }
        if names.contains("current") { taken = try read(tree, as: NodeConfiguration.init, \.json) || taken }
        if names.contains("startingBlock") { taken = try read(tree, as: SyncStatus.init, \.json) || taken }
        if names.contains("accessList"), names.contains("gasUsed") {
            taken = try read(tree, as: CreatedAccessList.init, \.json) || taken
        }
        return taken
    }

    /// What a scanner takes from the bytes it takes from the tree that they spell, and from what it writes itself.
    private static func scan<Value: ScannableResult & Equatable>(
        _ bytes: ArraySlice<UInt8>, as type: Value.Type, _ tree: JSON?, _ json: (Value) -> JSON
    ) throws(BrokenPromise) -> Bool {
        guard let value = try? Value(bytes) else { return false }
        try BrokenPromise.unless(
            (try? Value(JSONWriter.bytes(of: json(value))[...])) == value, "\(type) changes by way of its own JSON")
        if let tree {
            try BrokenPromise.unless((try? Value(FieldReader(tree, path: ""))) == value, "\(type) is another from a tree")
        }
        return true
    }

    private static func read<Value: Equatable>(
        _ tree: JSON, as make: (FieldReader) throws(RPCError) -> Value, _ json: (Value) -> JSON
    ) throws(BrokenPromise) -> Bool {
        guard let value = try? make(FieldReader(tree, path: "result")) else { return false }
        let again = try? make(FieldReader(json(value), path: "result"))
        try BrokenPromise.unless(again == value, "\(Value.self) changes by way of its own JSON")
        return true
    }

    private static func checkText(_ reader: FieldReader) -> Bool {
        let taken = (try? reader.quantity()) != nil || (try? reader.address()) != nil
        guard let data = try? reader.bytes() else { return taken }
        _ = RevertReason.decode(data).description
        return true
    }

    private static func checkHeader(_ reader: FieldReader) throws(BrokenPromise) {
        guard let header = try? ExecutionHeader(reader) else { return }
        guard let again = try? ExecutionHeader(decoding: header.encoded) else {
            throw BrokenPromise("a header's own RLP is refused")
        }
        try BrokenPromise.unless(again == header, "a header changes by way of RLP")
    }

    private static func checkTransaction(_ reader: FieldReader) throws(BrokenPromise) {
        _ = try? TransactionObject(lenient: reader)
        guard let envelope = (try? TransactionObject(reader))?.envelope else { return }
        try BrokenPromise.unless(
            (try? TransactionObject(FieldReader(envelope.json, path: "tx")))?.envelope == envelope,
            "a transaction changes by way of JSON")
    }
}
