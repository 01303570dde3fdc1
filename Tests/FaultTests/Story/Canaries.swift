import EthCodec
import Foundation

/// Secrets that every story's keeper is given, and the search for them in what left it.
enum Canaries {
    /// Tokens of a URL, in the path and in the query, and of a header.
    static let path = "canary0path4f1c9a"
    static let query = "canary1query77d02e"
    static let bearer = "canary2bearer5be810"
    /// Of a key file.
    static let password = "canary3 password 91aa"

    private static let secrets: [(name: String, bytes: [UInt8])] = [
        ("token in the path", Array(path.utf8)), ("token in the query", Array(query.utf8)), ("bearer token", Array(bearer.utf8)),
        ("password", Array(password.utf8)), ("key", Story.keyBytes),
    ]

    /// Each secret as it is, in hexadecimal digits of either case, and in base 64.
    static let forms: [(name: String, bytes: Data)] = secrets.flatMap { name, bytes in
        let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        // The last characters depend on what follows.
        let base64 = Data(bytes.prefix(bytes.count / 3 * 3)).base64EncodedString()
        return [
            (name, Data(bytes)), ("\(name) in hexadecimal", Data(hex.utf8)),
            ("\(name) in hexadecimal", Data(hex.uppercased().utf8)), ("\(name) in base 64", Data(base64.utf8)),
        ]
    }

    /// What is found, in words; nothing of the secrets themselves.
    static func found(in outputs: [Output]) -> [String] {
        outputs.flatMap { output in
            let bytes = Data(output.bytes)
            return forms.filter { bytes.range(of: $0.bytes) != nil }.map { "the \($0.name) is in: \(output.name)" }
        }
    }
}
