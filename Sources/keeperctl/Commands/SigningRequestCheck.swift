import EthCodec

/// What a person must have written before a transaction is signed: the codec would take what is left out as zero, and leave out
/// what it does not know.
enum SigningRequestCheck {
    private static let known: Set<String> = [
        "type", "chainId", "nonce", "to", "from", "value", "gas", "gasLimit", "input", "data", "gasPrice", "maxFeePerGas",
        "maxPriorityFeePerGas", "accessList", "maxFeePerBlobGas", "blobVersionedHashes", "authorizationList",
    ]

    static func check(_ json: JSON) throws(OperationError) {
        guard let members = json.members else { throw .badData("tx: expected an object, got \(json.kind)") }
        for member in members where !known.contains(member.name) {
            throw .badData("tx.\(member.name): unknown member, expected \(known.sorted().joined(separator: ", "))")
        }
        func require(_ names: String...) throws(OperationError) {
            guard names.contains(where: { json[$0] != nil }) else {
                throw .badData("tx.\(names[0]): expected a value, the member is missing")
            }
        }
        try require("chainId")
        try require("nonce")
        try require("gas", "gasLimit")
        try require("to")
        try require("maxFeePerGas", "gasPrice")
    }
}
