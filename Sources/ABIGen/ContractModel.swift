import EthCodec
import EthPrimitives

/// A contract interface with every Swift name decided: what the writer writes down.
struct ContractModel {
    struct Field: Equatable {
        let name: String
        /// Whether Solidity gave no name, so that initialisers take the value without a label.
        let isUnnamed: Bool
        let type: ABIType
        let swiftType: String
        var isIndexed = false
    }

    struct Tuple: Equatable {
        let name: String
        let fields: [Field]
        var type: ABIType { .tuple(fields.map(\.type)) }
    }

    struct Function {
        let name: String
        let signature: String
        let isView: Bool
        let inputs: [Field]
        let outputs: [Field]
        var selector: Selector { .of(signature) }
    }

    struct Event {
        let name: String
        let signature: String
        let isAnonymous: Bool
        let fields: [Field]
        var topic0: B256 { Keccak256.hash(signature) }
    }

    struct CustomError {
        let name: String
        let signature: String
        let fields: [Field]
        var selector: Selector { .of(signature) }
    }

    let name: String
    var tuples: [Tuple] = []
    var functions: [Function] = []
    var events: [Event] = []
    var errors: [CustomError] = []
}

extension FixedBytes where count == 4 {
    /// The first four bytes of a signature's hash.
    static func of(_ signature: String) -> Selector {
        Selector(unsafeFilledBy: { out in
            Keccak256.hash(signature).withUnsafeBytes { out.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<4])) }
        })
    }
}
