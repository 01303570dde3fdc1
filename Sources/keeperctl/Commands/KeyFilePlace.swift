import ArgumentParser
import EthCodec
import EthCrypto
import EthKeystore
import EthPrimitives
import Foundation

/// Where a new key file goes, and how hard its password is to guess.
struct KeyFilePlace: ParsableArguments {
    enum Strength: String, ExpressibleByArgument, CaseIterable {
        case standard, light
    }

    @Option(help: ArgumentHelp("The folder for the new file.", valueName: "path"), completion: .directory)
    var directory = "."

    @Option(help: "standard takes 256 MiB and about a second to open, light 4 MiB; both are scrypt.")
    var strength = Strength.standard

    /// Writes the key file; nobody else may read it, and no file is replaced.
    /// - Returns: the address and the file's path.
    func write(_ key: PrivateKey, _ password: PasswordOptions) throws -> JSON {
        let secret = try password.read(for: "the new key file", isNew: true)
        let file = try KeystoreV3(encrypting: key, password: secret, strength: strength == .light ? .light : .standard)
        let now = Date().timeIntervalSince1970
        let name = KeyFileName.of(key.address, seconds: UInt64(now), nanoseconds: UInt32((now - now.rounded(.down)) * 1e9))
        let path = URL(fileURLWithPath: directory).appendingPathComponent(name).path
        try create(path, file.json.description + "\n")
        return .object(["address": .string(key.address.description), "file": .string(path)])
    }

    private func create(_ path: String, _ text: String) throws(OperationError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .badData("cannot write \(path): \(String(cString: strerror(errno)).lowercased())") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch {
            throw .badData("cannot write \(path): \(FileProblem(error))")
        }
    }
}
