internal import EthCodec
internal import EthPrimitives

extension FuzzTarget {
    /// RLP: what is taken is the one canonical form, and the reader agrees with the tree.
    static let rlp = FuzzTarget("rlp", .rlp) {
        var inputs: [[UInt8]] = [
            [0x80], [0x00], [0xc0], [0xb8, 0x38] + [UInt8](repeating: 1, count: 56),
            [0xf8, 0x38] + [UInt8](repeating: 1, count: 56),
            [UInt8](repeating: 0xc1, count: 40) + [0xc0], [0xc7, 0xc0, 0xc1, 0xc0, 0xc3, 0xc0, 0xc1, 0xc0],
            [0xbf] + [UInt8](repeating: 0xff, count: 8), [0xff] + [UInt8](repeating: 0xff, count: 8), [0xb9, 0x01, 0x00],
        ]
        for test in try SharedCorpus.cases(in: "ethereum-tests/RLPTests") {
            if let bytes = SharedCorpus.bytes(test["out"]) { inputs.append(bytes) }
        }
        for test in try SharedCorpus.json("ethers/rlp.json.gz").array ?? [] {
            if let bytes = SharedCorpus.bytes(test["encoded"]) { inputs.append(bytes) }
        }
        for test in try SharedCorpus.cases(in: "ethereum-tests/TransactionTests") {
            if let bytes = SharedCorpus.bytes(test["txbytes"]) { inputs.append(bytes) }
        }
        return Corpus(inputs)
    } decode: { input throws(BrokenPromise) in
        let item = try? RLPDecoder.decode(input)
        let read = try? RLPReader.read(input) { (reader: inout RLPReader) throws(RLPError) in try reader.item() }
        try BrokenPromise.unless(item == read, "the reader and the tree differ")
        guard let item else { return false }
        try BrokenPromise.unless(RLPEncoder.encode(item) == input, "decoding and encoding gives other bytes")
        return true
    }
}
