import EthCodec
import EthContracts
import EthPrimitives
import EthTransactions

/// What is encoded, hashed and signed. peers.py makes the same values by the same rules.
enum Samples {
    /// Twenty times the byte `seed` modulo 256.
    static func address(_ seed: Int) -> Address {
        Address(FixedBytes<20>(unsafeFilledBy: { $0.initializeMemory(as: UInt8.self, repeating: UInt8(seed & 255)) }))
    }

    /// `count` bytes that count up from `seed`.
    static func bytes(_ count: Int, _ seed: Int) -> [UInt8] { (0..<count).map { UInt8((seed + $0) & 255) } }

    static let amount: UInt256 = 123_456_789_012_345_678_901
    static let transfer = ERC20.TransferCall(to: address(0x11), amount: amount)

    /// Twenty calls of 36 bytes each: a selector and a word.
    static let aggregate = Multicall3.Aggregate3Call(
        calls: (0..<20).map {
            Multicall3.Call3(target: address($0 + 1), allowFailure: $0 % 2 == 0, callData: ABIBytes(bytes(36, $0)))
        })

    /// The twenty answers of one word each.
    static let results: [UInt8] = ABIValueSamples.encoded(
        .array(
            (0..<20).map { .tuple([.bool($0 % 3 != 0), .bytes(bytes(32, $0))]) }), as: "(bool,bytes)[]")

    static let feeMarket = FeeMarketTransaction(
        chainID: 1, nonce: 4_711, maxPriorityFeePerGas: Wei(1_500_000_000), maxFeePerGas: .gwei(60), gasLimit: 200_000,
        to: address(0x22), data: transfer.callData)

    /// 100 records with a number, a text and three pairs.
    static let records: [ABIValue] = (0..<100).map { index in
        let number: UInt256 = UInt256(UInt64(index + 1)) * 1_000_000_000_000_000_000_000
        let pairs: [ABIValue] = (0..<3).map { .tuple([.address(address(index + $0)), .bytes(bytes(20 * $0 + 4, index))]) }
        return .tuple([.uint(number), .string("a record, and its number is \(index)"), .array(pairs)])
    }
    static let recordsType = "(uint256,string,(address,bytes)[])[100]"
}

enum ABIValueSamples {
    static func type(_ text: String) -> ABIType {
        guard let type = try? ABIType(parsing: text) else { preconditionFailure("\(text) is no type") }
        return type
    }

    static func encoded(_ value: ABIValue, as text: String) -> [UInt8] {
        guard let bytes = try? ABIValue.encode([value], as: [type(text)]) else { preconditionFailure("no value of \(text)") }
        return bytes
    }
}
