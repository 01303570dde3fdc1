import EthCodec
import EthPrimitives

extension Operation {
    /// Typed data of EIP-712.
    static let typedData = [
        Operation("eip712.hash", ["typedData"]) { arguments in
            let json = try arguments.json("typedData")
            // Wallets are given the document as text: `eth_signTypedData_v4`.
            let data = try json.string.map { try TypedData(parsing: Array($0.utf8)) } ?? TypedData(json: json)
            return .string(try data.digest().description)
        }
    ]
}
