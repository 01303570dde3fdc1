public import EthCodec
public import EthCrypto
public import EthPrimitives

/// A key file of any format that is read here.
public enum KeyFile: Hashable, Sendable {
    case keystoreV3(KeystoreV3)
    case presale(PresaleWallet)

    /// Reads a key file's JSON; a member `encseed` tells a wallet of the presale.
    /// - Throws: `KeystoreError` that names the field.
    public init(_ json: JSON) throws(KeystoreError) {
        self = json["encseed"] == nil ? .keystoreV3(try KeystoreV3(json)) : .presale(try PresaleWallet(json))
    }

    /// Reads a key file's bytes.
    /// - Throws: `KeystoreError.notJSON`, or one that names the field.
    public init(parsing bytes: [UInt8]) throws(KeystoreError) { try self.init(KeyFileField.parse(bytes)) }

    /// The account that the file says it holds the key of.
    public var address: Address? {
        switch self {
        case .keystoreV3(let file): file.address
        case .presale(let wallet): wallet.address
        }
    }

    /// Opens the file; slow by design.
    /// - Throws: `KeystoreError.wrongPassword` among others.
    public func decrypt(_ password: Password) throws(KeystoreError) -> PrivateKey {
        switch self {
        case .keystoreV3(let file): try file.decrypt(password)
        case .presale(let wallet): try wallet.decrypt(password)
        }
    }
}
