import ArgumentParser
import EthCodec
import EthPrimitives

/// `keccak`: the hash of bytes, of a text or of a file.
struct KeccakCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keccak", abstract: "Hash with Keccak-256.",
        discussion: "DATA that begins with 0x is hexadecimal; everything else, and with --text anything, is hashed as UTF-8.")

    @Argument(help: "Bytes as 0x hexadecimal, or a text.")
    var data: String?

    @Flag(help: "Hash DATA as text even if it begins with 0x.")
    var text = false

    @Option(help: ArgumentHelp("Hash a file of any size; - is standard input.", valueName: "path"), completion: .file())
    var file: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (data == nil) != (file == nil) else { throw ValidationError("Expected either DATA or --file.") }
        guard text || data != "-" && data?.hasPrefix("@") != true else {
            throw ValidationError(
                "DATA is hashed as it stands: --file reads a file or, as -, standard input; --text takes it as text.")
        }
    }

    func run() throws {
        let hash: JSON
        if let file {
            hash = .string(try Self.hash(ofFile: file).description)
        } else {
            let bytes = data.map { text || !$0.hasPrefix("0x") ? Hex.encode(Array($0.utf8)) : $0 } ?? "0x"
            hash = try Operation.named("keccak256")([JSON.Member("data", .string(bytes))])
        }
        output.show(hash)
    }

    private static func hash(ofFile path: String) throws(OperationError) -> B256 {
        var hasher = Keccak256()
        try FileInput.chunks(path) { hasher.update($0) }
        return hasher.finalize()
    }
}
