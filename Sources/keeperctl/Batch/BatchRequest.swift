import EthCodec

/// A line of `batch`: `{"id": …, "op": "keccak256", "data": "0x"}`.
///
/// The operation may also be called `method`, and its members may stand in an object `params` instead of beside `op`.
struct BatchRequest {
    let operation: String
    let members: [JSON.Member]

    init(_ json: JSON) throws(OperationError) {
        guard let all = json.members else { throw .badData("expected an object, got \(json.kind)") }
        let names = all.filter { $0.name == "op" || $0.name == "method" }
        guard names.count == 1, let name = names[0].value.string else {
            throw .usage("expected one member \"op\" that names an operation")
        }
        operation = name
        let rest = all.filter { !["id", "op", "method", "jsonrpc"].contains($0.name) }
        guard let params = rest.first(where: { $0.name == "params" }) else {
            members = rest
            return
        }
        guard rest.count == 1, let inner = params.value.members else {
            throw .usage("params: expected an object, and no members beside it")
        }
        members = inner
    }
}
