/// What is shown of values that may be secret.
enum ConfigMask {
    /// Stands in the place of a secret. What reads it refuses it.
    static let text = "<masked>"

    /// A secret as it is written, if it is only the name of a variable that holds it; the mask otherwise.
    static func secret(_ value: ConfigValue) -> String {
        guard case .scalar(let raw) = value.kind, raw.hasPrefix("${"), raw.hasSuffix("}") else { return text }
        return ConfigValue.isVariable(raw.dropFirst(2).dropLast()) ? raw : text
    }

    /// A value that is no secret by its kind, unless it looks like one: a key or a URL in the wrong place.
    static func plain(_ value: String) -> String { SecretLook.isSecret(value) ? text : value }
}
