/// Why no bindings could be generated.
public enum BindingError: Error, Equatable, CustomStringConvertible {
    case missingDirectory(String)
    /// The file cannot be read, or is not a contract interface.
    case unreadable(contract: String, reason: String)
    /// The file's name is no Swift identifier, or hides a type that bindings use.
    case unusableName(contract: String)
    /// Something is called what no Solidity identifier can be.
    case badIdentifier(contract: String, declaration: String, name: String)
    /// Two declarations would get the same Swift name.
    case nameTaken(contract: String, name: String)
    /// Two different tuples carry the same name.
    case conflictingTuples(contract: String, name: String)

    public var description: String {
        switch self {
        case .missingDirectory(let path): "there is no directory \(path)"
        case .unreadable(let contract, let reason): "\(contract).json: \(reason)"
        case .unusableName(let contract): "\(contract).json: the bindings cannot be called \(contract): rename the file"
        case .badIdentifier(let contract, let declaration, let name):
            "\(contract).json: \(declaration): \"\(name)\" is not an identifier"
        case .nameTaken(let contract, let name): "\(contract).json: two declarations would both be called \(name)"
        case .conflictingTuples(let contract, let name):
            "\(contract).json: two different tuples are called \(name): tell them apart by internalType"
        }
    }
}
