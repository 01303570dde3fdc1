internal import EthPrimitives
internal import EthTransactions

/// Spelt out because an intent without an access list is written as it was before there were any: stores and journals of then are read,
/// and their digests stay.
extension TransactionIntent {
    private enum CodingKeys: String, CodingKey {
        case id, to, data, gasLimit, gasExpected, fees, baseFeePerGas, effects, deadline, maxAttempts, accessList
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try values.decode(IntentID.self, forKey: .id), to: try values.decode(Address.self, forKey: .to),
            data: try values.decode(Bytes.self, forKey: .data), gasLimit: try values.decode(Gas.self, forKey: .gasLimit),
            gasExpected: try values.decode(Gas.self, forKey: .gasExpected),
            fees: try values.decode(FeeCaps.self, forKey: .fees),
            baseFeePerGas: try values.decode(Wei.self, forKey: .baseFeePerGas),
            effects: try values.decode([ExpectedEffect].self, forKey: .effects),
            deadline: try values.decode(UInt64.self, forKey: .deadline),
            maxAttempts: try values.decode(Int.self, forKey: .maxAttempts),
            accessList: try values.decodeIfPresent(AccessList.self, forKey: .accessList) ?? [])
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(to, forKey: .to)
        try values.encode(data, forKey: .data)
        try values.encode(gasLimit, forKey: .gasLimit)
        try values.encode(gasExpected, forKey: .gasExpected)
        try values.encode(fees, forKey: .fees)
        try values.encode(baseFeePerGas, forKey: .baseFeePerGas)
        try values.encode(effects, forKey: .effects)
        try values.encode(deadline, forKey: .deadline)
        try values.encode(maxAttempts, forKey: .maxAttempts)
        if !accessList.entries.isEmpty { try values.encode(accessList, forKey: .accessList) }
    }
}
