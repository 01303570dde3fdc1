internal import EthCodec
internal import EthEVM
internal import EthPrimitives

/// What addresses, selectors and words are called. Everything comes out as it may be shown.
struct TraceWords: Sendable {
    let labels: [Address: String]
    let interface: ABIDocument

    /// Characters that one value may take.
    private static let valueLimit = 80
    /// Words of data that are shown where no interface tells what they are.
    private static let wordLimit = 4
    private static let precompiles: [UInt8: String] = [
        1: "ecrecover", 2: "sha256", 3: "ripemd160", 4: "identity", 5: "modexp", 6: "bn254Add", 7: "bn254Mul",
        8: "bn254Pairing", 9: "blake2f", 10: "kzgPointEvaluation",
    ]

    /// The label of an account, or its address.
    func name(_ address: Address) -> String {
        if let label = labels[address] { return VisibleText.line(label) }
        let bytes = address.bytes
        if bytes.dropLast().allSatisfy({ $0 == 0 }), let last = bytes.last, let name = Self.precompiles[last] { return name }
        return address.description
    }

    /// Function and arguments of a call, as far as they are known: `poke(ilk: ETH-A)`, or `0x1504460f(ETH-A)`.
    func call(_ input: [UInt8]) -> String {
        guard let selector = Selector(input.prefix(4)) else { return input.isEmpty ? "(no data)" : "(\(hex(input)))" }
        // Data that do not fit the function of this selector belong to another one.
        if let call = try? interface.decodeCall(input) { return arguments(call.signature, call.values.map(value)) }
        let name = interface.function(selector).map(\.name) ?? selector.description
        return "\(name)(\(words(input.dropFirst(4)).joined(separator: ", ")))"
    }

    /// What a call returned; empty if it returned nothing.
    func output(_ output: [UInt8], of input: [UInt8]) -> String {
        guard !output.isEmpty else { return "" }
        if let selector = Selector(input.prefix(4)), let function = interface.function(selector),
            // An answer of another form is shown as it is.
            let values = try? function.decodeOutput(output), !values.isEmpty
        {
            return values.map(value).joined(separator: ", ")
        }
        return words(output[...]).joined(separator: ", ")
    }

    /// Why a call reverted.
    func reason(_ output: [UInt8]) -> String {
        // An error that is not of the interface, or does not fit it, is shown by its selector.
        if let error = try? interface.decodeError(output) { return arguments(error.signature, error.values.map(value)) }
        return VisibleText.line(RevertReason.decode(output).description).shortened(to: 2 * Self.valueLimit)
    }

    /// Event and arguments of a log.
    func log(_ log: EVMLog) -> String {
        // An entry that fits no event is shown by its words.
        if let event = try? interface.decodeLog(topics: log.topics, data: log.data) {
            let values = event.values.map { entry in
                switch entry {
                case .value(let known): value(known)
                case .hash(let hash): hash.description
                }
            }
            return arguments(event.signature, values)
        }
        let topics = log.topics.prefix(1).map { $0.description } + log.topics.dropFirst().map(word)
        return "topics [\(topics.joined(separator: ", "))] data [\(words(log.data[...]).joined(separator: ", "))]"
    }

    /// A word by its looks: a name, an account that has a label, a small number, else hexadecimal.
    func word(_ word: B256) -> String {
        if let text = word.ascii, text.utf8.count > 1 { return text }
        let number = UInt256(bigEndian: word)
        if let small = number.asUInt64 { return String(small) }
        let account = Address(lowBytesOf: word)
        if number.leadingZeroBitCount >= 96, labels[account] != nil { return name(account) }
        return number.hexQuantity
    }

    private func words(_ data: ArraySlice<UInt8>) -> [String] {
        guard data.count % 32 == 0 else { return [hex(Array(data))] }
        let count = data.count / 32
        var texts: [String] = []
        for index in 0..<min(count, Self.wordLimit) {
            let start = data.startIndex + 32 * index
            if let value = B256(data[start..<(start + 32)]) { texts.append(word(value)) }
        }
        if count > Self.wordLimit { texts.append("… \(count - Self.wordLimit) words more") }
        return texts
    }

    private func arguments(_ signature: ABISignature, _ values: [String]) -> String {
        let texts = zip(signature.inputs, values).map { input, value in
            input.name.isEmpty ? value : "\(VisibleText.line(input.name)): \(value)"
        }
        return "\(VisibleText.line(signature.name))(\(texts.joined(separator: ", ")))"
    }

    private func value(_ value: ABIValue) -> String {
        let text: String =
            switch value {
            case .uint(let number): number.description
            case .int(let number): number.description
            case .bool(let flag): flag ? "true" : "false"
            case .address(let address): name(address)
            case .fixedBytes(let bytes): B256(bytes).map(word) ?? hex(bytes)
            case .bytes(let bytes): hex(bytes)
            case .string(let text): "\"\(VisibleText.line(text))\""
            case .array(let values): "[\(list(values))]"
            case .tuple(let values): "(\(list(values)))"
            }
        return text.shortened(to: Self.valueLimit)
    }

    private func list(_ values: [ABIValue]) -> String {
        // More would be cut anyway.
        values.prefix(Self.valueLimit / 2).map { value($0) }.joined(separator: ", ")
    }

    private func hex(_ bytes: [UInt8]) -> String {
        guard bytes.count > 36 else { return Hex.encode(bytes) }
        return "\(Hex.encode(bytes.prefix(32)))… \(bytes.count) bytes"
    }
}
