/// Texts that may be a key in the wrong place.
enum SecretLook {
    /// Whether it has as many hexadecimal digits as a private key.
    static func isSecret(_ text: String) -> Bool { text.count { $0.isHexDigit } >= 64 }
}
