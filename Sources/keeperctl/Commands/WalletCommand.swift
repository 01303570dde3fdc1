import ArgumentParser
import EthCodec
import EthCrypto
import EthKeystore
import EthPrimitives
import Foundation

/// `wallet`: key files in geth's format.
struct WalletCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet", abstract: "Make, import and look at key files (Web3 Secret Storage, version 3).",
        subcommands: [New.self, Import.self, Show.self, List.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key and a file that holds it under a password.")

        @OptionGroup var place: KeyFilePlace
        @OptionGroup var password: PasswordOptions
        @OptionGroup var output: OutputOptions

        func run() throws { output.show(try place.write(.random(), password)) }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put an existing key into a key file.",
            discussion: "The password is that of the new file; a key file as source must have the same.")

        @OptionGroup var source: KeyOptions
        @OptionGroup var place: KeyFilePlace
        @OptionGroup var output: OutputOptions

        func run() throws { output.show(try place.write(source.key(), source.password)) }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "address", abstract: "The account that a key controls.",
            discussion: "A key file is opened with its password: what it merely says of itself is no proof.")

        @OptionGroup var source: KeyOptions
        @OptionGroup var output: OutputOptions

        func run() throws { output.show(.string(try source.key().address.description)) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The key files in a folder, and the addresses that they state.")

        @Argument(help: "The folder.", completion: .directory)
        var directory: String = "."
        @OptionGroup var output: OutputOptions

        func run() throws {
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            } catch {
                throw OperationError.badData("cannot read \(directory): \(FileProblem(error))")
            }
            let found = names.compactMap { name -> JSON? in
                let path = URL(fileURLWithPath: directory).appendingPathComponent(name).path
                // Other files of the folder are none of our business.
                guard let file = try? KeyOptions.file(path) else { return nil }
                return .object(["address": .string(file.address?.description ?? "not stated"), "file": .string(name)])
            }
            output.show(output.json ? .array(found) : .array(found.map { .string(Self.line($0)) }))
        }

        private static func line(_ entry: JSON) -> String {
            let address = entry["address"]?.string ?? ""
            return address + String(repeating: " ", count: max(0, 42 - address.count) + 2) + (entry["file"]?.string ?? "")
        }
    }
}
