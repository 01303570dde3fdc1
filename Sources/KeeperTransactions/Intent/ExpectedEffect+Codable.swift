import EthPrimitives

/// A log as `name`, `address`, `topic` and perhaps `word`; a word of storage as `name`, `address`, `slot`, `mask` and `value`.
/// Each effect has one form only.
extension ExpectedEffect: Codable {
    private enum Key: String, CodingKey {
        case name, address, topic, word, slot, mask, value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        switch evidence {
        case .log(let log):
            try container.encode(log.address, forKey: .address)
            try container.encode(log.topic, forKey: .topic)
            try container.encodeIfPresent(log.word, forKey: .word)
        case .word(let word):
            try container.encode(word.place.address, forKey: .address)
            try container.encode(word.place.slot, forKey: .slot)
            try container.encode(word.mask, forKey: .mask)
            try container.encode(word.value, forKey: .value)
        }
    }

    /// - Throws: `DecodingError`, also where members of both kinds are mixed, or bits outside the mask are expected.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func refuse(_ keys: Key...) throws {
            for key in keys where container.contains(key) {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "an effect is a log or a word of storage, not both")
            }
        }
        let name = try container.decode(String.self, forKey: .name)
        let address = try container.decode(Address.self, forKey: .address)
        guard container.contains(.slot) else {
            try refuse(.mask, .value)
            let topic = try container.decode(B256.self, forKey: .topic)
            self.init(
                name: name, address: address, topic: topic, word: try container.decodeIfPresent(B256.self, forKey: .word))
            return
        }
        try refuse(.topic, .word)
        let value = try container.decode(B256.self, forKey: .value)
        let word = ExpectedWord(
            StorageSlot(address: address, slot: try container.decode(B256.self, forKey: .slot)),
            mask: try container.decode(B256.self, forKey: .mask), value: value)
        guard word.value == value else {
            throw DecodingError.dataCorruptedError(
                forKey: .value, in: container, debugDescription: "the value has bits outside the mask")
        }
        self.init(name: name, .word(word))
    }
}
