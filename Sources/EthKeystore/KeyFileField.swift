internal import EthCodec
internal import EthPrimitives

/// Reads members of a key file strictly; each error names the field, what was expected and what stood there.
struct KeyFileField {
    let json: JSON
    /// Where in the file this value stands, such as `crypto.kdfparams.n`; empty for the file itself.
    let path: String

    static func parse(_ bytes: [UInt8]) throws(KeystoreError) -> JSON {
        do { return try JSONScanner.parse(bytes) } catch { throw .notJSON(error) }
    }

    init(file: JSON) throws(KeystoreError) {
        json = file
        path = ""
        guard json.members != nil else { throw invalid("an object") }
    }

    private init(json: JSON, path: String) {
        self.json = json
        self.path = path
    }

    /// The error for a value of another form. What is shown of it is short, and never what may stand for a secret.
    func invalid(_ expected: String, got: String? = nil) -> KeystoreError {
        .invalid(field: path.isEmpty ? "key file" : path, expected: expected, got: got ?? shown)
    }

    /// A member that must be there.
    func member(_ name: String) throws(KeystoreError) -> KeyFileField {
        guard let field = try optional(name) else { throw .missing(field: place(of: name)) }
        return field
    }

    /// A member that may be absent or null.
    func optional(_ name: String) throws(KeystoreError) -> KeyFileField? {
        guard let members = json.members else { throw invalid("an object") }
        let found = members.filter { $0.name == name }
        guard found.count < 2 else { throw .duplicate(field: place(of: name)) }
        guard let value = found.first?.value, value != .null else { return nil }
        return KeyFileField(json: value, path: place(of: name))
    }

    func text() throws(KeystoreError) -> String {
        guard let text = json.string else { throw invalid("a string") }
        return text
    }

    /// A whole number from 1 to 2³², in plain digits.
    func count() throws(KeystoreError) -> Int {
        guard let value = json.uint64, value >= 1, value <= 1 << 32 else { throw invalid("a whole number from 1 to 2^32") }
        return Int(value)
    }

    /// Hexadecimal digits of either case; some wallets write `0x` before them.
    func bytes() throws(KeystoreError) -> [UInt8] {
        guard let text = json.string else { throw invalid("hexadecimal digits") }
        do throws(HexError) {
            return try text.hasPrefix("0x") ? Hex.decode(text) : Hex.decodeDigits(Array(text.utf8)[...])
        } catch {
            throw invalid("hexadecimal digits", got: "\(text.utf8.count) characters: \(error)")
        }
    }

    func bytes<let count: Int>() throws(KeystoreError) -> FixedBytes<count> {
        let bytes = try bytes()
        guard let value = FixedBytes<count>(bytes) else { throw invalid("\(count) bytes", got: "\(bytes.count)") }
        return value
    }

    /// An account of 20 bytes; a mixed-case checksum is not asked for, as in every key file.
    func address() throws(KeystoreError) -> Address { Address(try bytes() as FixedBytes<20>) }

    private func place(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// Numbers and short words as they stand, otherwise the kind of value.
    private var shown: String {
        switch json {
        case .number(let digits): digits.utf8.count <= 40 ? digits : "a number of \(digits.utf8.count) characters"
        case .string(let text):
            text.utf8.count <= 24 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } ? "\"\(text)\"" : json.kind
        case .bool, .null, .array, .object: json.kind
        }
    }
}
