import ArgumentParser
import EthCrypto
import EthKeystore
import EthPrimitives
import Foundation

/// Where a private key comes from: never from the command line itself, which other processes can read.
struct KeyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file with the key as 64 hexadecimal digits.", valueName: "path"), completion: .file())
    var privateKeyFile: String?

    @Option(
        help: ArgumentHelp("A key file of geth's format, or of the presale. [$ETH_KEYSTORE]", valueName: "path"),
        completion: .file())
    var keystore: String?

    @Option(help: ArgumentHelp("A file with an English mnemonic (BIP-39).", valueName: "path"), completion: .file())
    var mnemonicFile: String?

    @Option(help: ArgumentHelp("Which account of the mnemonic: m/44'/60'/0'/0/N.", valueName: "n"))
    var mnemonicIndex: UInt32 = 0

    @OptionGroup var password: PasswordOptions

    /// The key.
    /// - Throws: `OperationError` that names the source, never what is in it.
    func key() throws(OperationError) -> PrivateKey {
        let stored = keystore ?? (privateKeyFile == nil && mnemonicFile == nil ? Self.environment("ETH_KEYSTORE") : nil)
        guard [privateKeyFile, stored, mnemonicFile].count(where: { $0 != nil }) == 1 else {
            throw .usage("expected one of --private-key-file, --keystore and --mnemonic-file")
        }
        do {
            if let privateKeyFile { return try PrivateKey(hex: SecretFile.text(privateKeyFile).reveal()) }
            if let stored { return try Self.file(stored).decrypt(password.read(for: stored)) }
            return try derived()
        } catch let error as OperationError {
            throw error
        } catch {
            throw .badData("\(privateKeyFile ?? stored ?? mnemonicFile ?? "key"): \(error)")
        }
    }

    /// A key file, still closed.
    static func file(_ path: String) throws -> KeyFile { try KeyFile(parsing: Array(SecretFile.text(path).reveal().utf8)) }

    private func derived() throws -> PrivateKey {
        guard let mnemonicFile else { throw OperationError.usage("expected --mnemonic-file") }
        let seed = try Mnemonic(SecretFile.text(mnemonicFile)).seed()
        return try ExtendedPrivateKey(seed: seed).derived(.ethereum(account: mnemonicIndex)).privateKey
    }

    static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Where a password comes from.
struct PasswordOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A file with the password; without it a terminal is asked. [$ETH_PASSWORD]", valueName: "path"),
        completion: .file())
    var passwordFile: String?

    /// The password from the file, from the file that `$ETH_PASSWORD` names, or from the terminal.
    /// - Parameter isNew: asks a terminal twice, and takes no empty password.
    func read(for what: String, isNew: Bool = false) throws(OperationError) -> Password {
        let variable = passwordFile == nil ? KeyOptions.environment("ETH_PASSWORD") : nil
        if let path = passwordFile ?? variable {
            let text = try SecretFile.text(path, as: variable == nil ? nil : "the file that $ETH_PASSWORD names")
            guard !isNew || !text.reveal().isEmpty else { throw .badData("the password of a new key file must not be empty") }
            return Password(text)
        }
        guard let first = PasswordPrompt.ask("Password for \(what): ") else {
            throw .usage("expected --password-file: there is no terminal to ask for the password of \(what)")
        }
        guard !isNew || PasswordPrompt.ask("The same again: ")?.reveal() == first.reveal() else {
            throw .badData("the two passwords differ")
        }
        guard !isNew || !first.reveal().isEmpty else { throw .badData("the password of a new key file must not be empty") }
        return Password(first)
    }
}

/// A file that holds a secret: what is in it never reaches an error text.
enum SecretFile {
    /// The file's text without the line break at its end.
    /// - Parameter name: what errors call it, where the path itself may be a secret that stands in the wrong place.
    static func text(_ path: String, as name: String? = nil) throws(OperationError) -> SecretText {
        var bytes = try FileInput.bytes(path, as: name, limit: FileInput.secretLimit)
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .badData("\(name ?? path): not UTF-8") }
        return SecretText(text)
    }
}
