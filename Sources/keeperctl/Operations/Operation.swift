import EthCodec
import EthPrimitives

/// Something that the toolbox does: values in, a value out. Commands and `batch` call the same operations.
///
/// Byte strings are `0x…`; integers go in as decimal digits or `0x…` and come out as decimal strings; addresses come out with
/// their EIP-55 checksum; transactions are named and encoded as in JSON-RPC.
struct Operation: Sendable {
    /// Noun and verb, such as `abi.encode`.
    let name: String
    /// Members that a request must have.
    let required: [String]
    /// Members that a request may have.
    let optional: [String]
    private let body: @Sendable (OperationArguments) throws -> JSON

    init(
        _ name: String, _ required: [String], optional: [String] = [],
        _ body: @escaping @Sendable (OperationArguments) throws -> JSON
    ) {
        self.name = name
        self.required = required
        self.optional = optional
        self.body = body
    }

    /// - Throws: `OperationError`, in words that hold no secret.
    func callAsFunction(_ members: [JSON.Member]) throws(OperationError) -> JSON {
        let arguments = try OperationArguments(members, known: required + optional)
        do {
            return try body(arguments)
        } catch let error as OperationError {
            throw error
        } catch {
            // Codecs throw what is wrong with the bytes or the text that they were given.
            throw .badData("\(error)")
        }
    }
}

extension Operation {
    /// Every operation, by name.
    static let all: [String: Operation] = {
        let families: [[Operation]] = [
            hashing, abi, rlp, transactions, typedData, signatures, addresses, keys,
        ]
        return Dictionary(families.joined().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// - Throws: `OperationError` for a name that is none.
    static func named(_ name: String) throws(OperationError) -> Operation {
        guard let operation = all[name] else {
            throw .usage("unknown operation \"\(name)\", expected one of \(all.keys.sorted().joined(separator: ", "))")
        }
        return operation
    }
}
