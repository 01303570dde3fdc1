import EthCodec
import EthPrimitives
import Foundation

/// Text that a command takes as an argument, from a file or from standard input.
enum InputText {
    /// The argument itself, what the file after `@` holds, or standard input for `-`.
    static func read(_ argument: String) throws(OperationError) -> String {
        guard argument == "-" || argument.hasPrefix("@") else { return argument }
        let path = String(argument.dropFirst())
        do {
            let data =
                argument == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(fileURLWithPath: path))
            guard let text = String(data: data, encoding: .utf8) else {
                throw OperationError.badData("\(argument == "-" ? "standard input" : path): not UTF-8")
            }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        } catch let error as OperationError {
            throw error
        } catch {
            throw .badData("cannot read \(path): \(FileProblem(error))")
        }
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
            throw .badData("\(name): \(error)")
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
