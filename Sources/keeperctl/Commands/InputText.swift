import EthCodec
import EthPrimitives
import Foundation

/// Text that a command takes as an argument, from a file or from standard input.
enum InputText {
    /// The argument itself, what the file after `@` holds, or standard input for `-`; without white space at the ends.
    static func read(_ argument: String) throws(OperationError) -> String {
        guard argument == "-" || argument.hasPrefix("@") else { return argument }
        let path = argument == "-" ? argument : String(argument.dropFirst())
        guard let text = String(validating: try FileInput.bytes(path), as: UTF8.self) else {
            throw .badData("\(argument == "-" ? "standard input" : path): not UTF-8")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The same, as bytes of `0x` hexadecimal.
    static func bytes(_ argument: String, _ name: String) throws(OperationError) -> [UInt8] {
        let text = try read(argument)
        do throws(HexError) {
            return try Hex.decode(text)
        } catch {
            throw .badData("\(name): \(error)")
        }
    }

    /// The same, as JSON.
    static func json(_ argument: String, _ name: String) throws(OperationError) -> JSON {
        let text = try read(argument)
        do throws(JSONError) {
            return try JSONScanner.parse(Array(text.utf8))
        } catch {
            let hint = argument.hasPrefix("@") || argument == "-" ? "" : "; @FILE reads a file"
            throw .badData("\(name): \(error)\(hint)")
        }
    }
}

/// Why a file cannot be read or written, in a few words.
struct FileProblem: CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        if let posix = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError, posix.domain == NSPOSIXErrorDomain {
            description = String(cString: strerror(Int32(posix.code))).lowercased()
        } else {
            description = (error as NSError).localizedDescription
        }
    }
}
