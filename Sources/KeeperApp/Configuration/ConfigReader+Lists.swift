extension ConfigReader {
    /// A list of values; `nil` if the key is absent.
    public func list<T>(_ name: String, of form: ConfigForm<T>, _ meaning: String) throws(ConfigError) -> [T]? {
        var key = ConfigKey(name, .value(.list(of: form.type)), meaning)
        key.given = present(name)
        note(.key(key))
        guard present(name) != nil else { return nil }
        var values: [T] = []
        for element in try elements(name) { values.append(try parse(element, form)) }
        return values
    }

    /// A list whose elements are a name, or a name with a value (`NAME: VALUE`); empty if the key is absent.
    /// - Parameter isNeeded: whether there must be an element: the caller sees to it when misspelt keys have been told.
    public func pairs<N, V>(
        _ name: String, of form: ConfigForm<N>, with valueForm: ConfigForm<V>, isNeeded: Bool = false, _ meaning: String
    ) throws(ConfigError) -> [(name: N, value: V?)] {
        var key = ConfigKey(name, .value(.pairs(of: form.type, with: valueForm.type)), meaning)
        key.given = present(name)
        key.isRequired = isNeeded
        note(.key(key))
        var pairs: [(name: N, value: V?)] = []
        for element in try elements(name) {
            if case .mapping(let entries) = element.value.kind, entries.count == 1, let entry = entries.first,
                case .scalar = entry.value.kind
            {
                let first = ConfigValue.scalar(entry.key, origin: element.value.origin)
                pairs.append(
                    (
                        try parse((element.path, first), form, isWritten: true),
                        try parse((element.path, entry.value), valueForm)
                    ))
            } else if case .scalar = element.value.kind {
                pairs.append((try parse(element, form), nil))
            } else {
                throw ConfigError(element.path, origin: element.value.origin, "expected a name, or a name with one value")
            }
        }
        return pairs
    }

    /// - Parameter isWritten: whether the text counts as it is written: keys have no variables.
    private func parse<T>(
        _ element: (path: String, value: ConfigValue), _ form: ConfigForm<T>, isWritten: Bool = false
    ) throws(ConfigError) -> T {
        if isWritten, case .scalar(let text) = element.value.kind { return try parse(text, form, element) }
        guard let text = try element.value.text() else {
            throw ConfigError(element.path, origin: element.value.origin, "expected \(form.expected)")
        }
        return try parse(text, form, element)
    }

    private func parse<T>(
        _ text: String, _ form: ConfigForm<T>, _ element: (path: String, value: ConfigValue)
    ) throws(ConfigError) -> T {
        do { return try parse("", form, text) } catch {
            throw ConfigError(element.path, origin: element.value.origin, error.message)
        }
    }
}
