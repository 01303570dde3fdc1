/// Texts that may be a key in the wrong place.
enum SecretLook {
    /// Whether it has as many hexadecimal digits as a private key, is a URL, which may hold a token, or a key of 16 bytes.
    static func isSecret(_ text: String) -> Bool {
        text.count { $0.isHexDigit } >= 64 || text.contains("://") || (text.count == 32 && text.allSatisfy(\.isHexDigit))
    }
}
