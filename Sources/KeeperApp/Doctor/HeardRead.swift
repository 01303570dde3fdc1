import EthCodec
import EthPrimitives
import EthRPC

/// A read that a keeper made, and what the node answered, in the form in which nodes are compared.
struct HeardRead: Sendable {
    /// What was read, for people.
    var subject: String
    var answer: ReadAnswer
    /// Whether every node must answer the same; estimates may differ.
    var isExact: Bool

    private init(_ subject: String, _ answer: ReadAnswer, isExact: Bool) {
        self.subject = subject
        self.answer = answer
        self.isExact = isExact
    }

    /// The read, or one for each of the answer's members that count.
    static func all(in exchange: ListeningTransport.Exchange, of node: DoctorNode) -> [Self] {
        let request = exchange.request
        let name = name(request)
        let json: JSON
        do throws(RPCError) { json = try exchange.response.result() } catch {
            return [Self(name, ReadAnswer(node.cleaned(error)), isExact: isExact(request))]
        }
        switch request.method {
        case "eth_feeHistory":
            return [
                Self("\(name) baseFeePerGas", ReadAnswer(json["baseFeePerGas"], node.clean), isExact: true),
                Self("\(name) reward", ReadAnswer(json["reward"], node.clean), isExact: false),
            ]
        // Clients add members of their own.
        case "eth_getBlockByHash", "eth_getBlockByNumber":
            return ["hash", "timestamp", "baseFeePerGas", "stateRoot"].map {
                Self("\(name) \($0)", ReadAnswer(json[$0], node.clean), isExact: isExact(request))
            }
        default:
            let isNumber = ["eth_getStorageAt", "eth_getBalance", "eth_getTransactionCount"].contains(request.method)
            return [Self(name, ReadAnswer(json, isNumber: isNumber, node.clean), isExact: isExact(request))]
        }
    }

    /// Whether the request names a block by its hash, and asks for what the block determines.
    private static func isExact(_ request: RPCRequest) -> Bool {
        switch request.method {
        case "eth_getBlockByHash", "eth_getTransactionReceipt": true
        case "eth_getLogs": request.params.first?["blockHash"] != nil
        case "eth_call", "eth_getBalance", "eth_getCode", "eth_getProof", "eth_getStorageAt", "eth_getTransactionCount":
            request.params.contains { $0["blockHash"] != nil }
        default: false
        }
    }

    /// The request without its block.
    private static func name(_ request: RPCRequest) -> String {
        let params = request.params.filter { $0["blockHash"] == nil }
        switch request.method {
        case "eth_getStorageAt": return (["storage"] + params.compactMap(\.string)).joined(separator: " ")
        case "eth_call", "eth_estimateGas":
            let call = params.first
            let data = (call?["data"] ?? call?["input"])?.string ?? ""
            // The selector tells the function, the hash tells calls with other arguments apart.
            let rest = data.utf8.count > 10 ? " (arguments \(Keccak256.hash(data).description.prefix(10)))" : ""
            return
                "\(request.method == "eth_call" ? "call" : "gas of") \(data.prefix(10))\(rest) of \(call?["to"]?.string ?? "nothing")"
        default: return ([request.method] + params.map { $0.string ?? $0.description }).joined(separator: " ")
        }
    }
}
