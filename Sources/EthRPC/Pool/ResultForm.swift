internal import EthCodec

/// What a result's form says about the node that gave it, for methods whose results have one form only. Everything else is for
/// whoever asked to decode.
enum ResultForm {
    /// Their results are quantities.
    private static let quantities: Set = [
        "eth_blobBaseFee", "eth_blockNumber", "eth_chainId", "eth_estimateGas", "eth_gasPrice", "eth_getBalance",
        "eth_getTransactionCount", "eth_maxPriorityFeePerGas",
    ]

    /// The first result that is none.
    static func fault(in responses: [RPCResponse], to batch: [RPCRequest]) -> RPCError? {
        for (request, response) in zip(batch, responses) where quantities.contains(request.method) {
            guard case .success = response.outcome else { continue }
            do throws(RPCError) { _ = try FieldReader(try response.result(), path: "result").quantity() } catch {
                var named = error
                named.method = request.method
                return response.cleaned(named)
            }
        }
        return nil
    }

    /// Whether a block that was asked for by its hash is not known here: it may be elsewhere.
    static func lacksBlock(_ responses: [RPCResponse], to batch: [RPCRequest]) -> Bool {
        zip(batch, responses).contains { request, response in
            guard request.method == "eth_getBlockByHash", case .success(let result) = response.outcome else { return false }
            return result.elementsEqual("null".utf8)
        }
    }
}
