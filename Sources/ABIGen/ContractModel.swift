import EthCodec

/// A contract interface with every Swift name decided: what the writer writes down.
struct ContractModel {
    struct Field: Equatable {
        let name: String
        /// Whether Solidity gave no name, so that initialisers take the value without a label.
        let isUnnamed: Bool
        let type: ABIType
        let swiftType: String
        /// Whether an event's field is a topic.
        var isIndexed = false
    }

    struct Tuple: Equatable {
        let name: String
        let fields: [Field]
        var type: ABIType { .tuple(fields.map(\.type)) }
    }

    struct Function {
        let name: String
        let declaration: ABISignature
        let inputs: [Field]
        let outputs: [Field]
    }

    /// An event or a custom error.
    struct Record {
        let name: String
        let declaration: ABISignature
        let fields: [Field]
    }

    let name: String
    var tuples: [Tuple] = []
    var functions: [Function] = []
    var events: [Record] = []
    var errors: [Record] = []
}
