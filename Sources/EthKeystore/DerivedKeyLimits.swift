/// Bounds that all ways to derive a key share.
enum DerivedKeyLimits {
    /// Accepted lengths of derived keys in bytes; files have 32.
    static let lengths = 32...128
    /// The longest accepted salt in bytes; files have 32.
    static let longestSalt = 1024

    static func check(length: Int, salt: [UInt8]) throws(KeystoreError) {
        guard lengths.contains(length) else {
            throw .invalid(field: "dklen", expected: "\(lengths.lowerBound) to \(lengths.upperBound) bytes", got: "\(length)")
        }
        guard salt.count <= longestSalt else {
            throw .invalid(field: "salt", expected: "at most \(longestSalt) bytes", got: "\(salt.count)")
        }
    }
}
