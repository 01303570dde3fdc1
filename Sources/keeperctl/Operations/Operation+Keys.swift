import EthCodec
import EthCrypto
import EthKeystore
import EthPrimitives

extension Operation {
    /// Private keys and files that hold them. No result and no error shows one.
    static let keys = [
        Operation("key.address", ["key"]) { .string(try $0.key("key").address.description) },
        Operation("keystore.decrypt", ["keystore", "password"]) { arguments in
            let file = try arguments.keyFile("keystore")
            let key = try file.decrypt(Password(arguments.secret("password")))
            return .object(["address": .string(key.address.description)])
        },
    ]
}

extension OperationArguments {
    /// A key file, as an object or as its text.
    fileprivate func keyFile(_ name: String) throws(OperationError) -> KeyFile {
        let value = try json(name)
        do throws(KeystoreError) {
            if let text = value.string { return try KeyFile(parsing: Array(text.utf8)) }
            return try KeyFile(value)
        } catch {
            throw .badData("\(name): \(error)")
        }
    }
}
