/// Why no bindings could be generated.
public enum BindingError: Error, Equatable, CustomStringConvertible {
    case missingDirectory(String)
    case unreadable(contract: String, reason: String)
    /// Two declarations would get the same Swift name.
    case nameTaken(contract: String, name: String)
    /// Two different tuples carry the same name.
    case conflictingTuples(contract: String, name: String)

    public var description: String {
        switch self {
        case .missingDirectory(let path): "there is no directory \(path)"
        case .unreadable(let contract, let reason): "\(contract).json: \(reason)"
        case .nameTaken(let contract, let name): "\(contract).json: two declarations would both be called \(name)"
        case .conflictingTuples(let contract, let name): "\(contract).json: two different tuples are called \(name)"
        }
    }
}
