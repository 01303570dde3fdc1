import EthCodec
import EthPrimitives
import EthTransactions

extension Operation {
    /// Addresses: their checksum, and where contracts land.
    static let addresses = [
        Operation("address.checksum", ["address"]) { .string(try $0.address("address").description) }
    ]
}
