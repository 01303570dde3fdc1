import EthCodec
import EthPrimitives
import EthTransactions

extension Operation {
    /// Addresses: their checksum, and where contracts land.
    static let addresses = [
        Operation("address.checksum", ["address"]) { .string(try $0.address("address").description) },
        Operation("address.create", ["from", "nonce"]) { arguments in
            .string(Address.created(by: try arguments.address("from"), nonce: try arguments.uint64("nonce")).description)
        },
        Operation("address.create2", ["from", "salt", "initCode"]) { arguments in
            let creator = try arguments.address("from")
            let address = Address.created2(
                by: creator, salt: try arguments.b256("salt"), initCode: try arguments.bytes("initCode"))
            return .string(address.description)
        },
    ]
}
