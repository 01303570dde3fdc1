// Only full Foundation has this form; the standard library and FoundationEssentials stop at the canonical one.
internal import Foundation

/// Unicode's compatibility decomposition (NFKD), in which BIP-39 hashes texts.
enum CompatibilityForm {
    static func of(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text : text.decomposedStringWithCompatibilityMapping
    }
}
