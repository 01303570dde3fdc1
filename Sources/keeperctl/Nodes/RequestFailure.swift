import EthCodec
import EthPrimitives
import EthRPC
import KeeperApp

/// Why a request has no result: what happened, and on a second line what to do about it. Shows nothing of URL and headers.
struct RequestFailure: ExitCodeProviding, CustomStringConvertible {
    let exitCode: KeeperExitCode
    let description: String

    init(_ error: RPCError, of request: RPCRequest) {
        var error = error
        error.endpoint = error.endpoint ?? SingleNodeOptions.label
        error.method = error.method ?? request.method
        exitCode = KeeperExitCode(for: error)
        let kind = error.nodeError.map { " (\($0.kind.rawValue), \($0.code))" } ?? ""
        let data = error.nodeError?.revertData.map { "\ndata: " + Hex.encode($0) } ?? ""
        let detail = error.detail.map { "\ndetail: \($0)" } ?? ""
        description = "\(error)\(kind)\(data)\(detail)\nadvice: \(Self.advice(error, request))"
    }

    /// What was lost on the way back may have been done all the same.
    private static func advice(_ error: RPCError, _ request: RPCRequest) -> String {
        guard error.mayHaveBeenProcessed, !request.isRepeatable, error.nodeError == nil else { return error.advice }
        let hash = hash(request).map { " \($0)" } ?? ""
        let what =
            request.method == "eth_sendRawTransaction" ? "look for the transaction\(hash)" : "look at what it may have changed"
        return "The node may have acted on it: \(what) before sending it again. \(error.advice)"
    }

    /// The hash of the transaction that was sent; blobs' wire form has another hash than its bytes.
    private static func hash(_ request: RPCRequest) -> B256? {
        // What is no hexadecimal was no transaction.
        guard let text = request.params.first?.string, let bytes = try? Hex.decode(text), bytes.first != 0x03 else { return nil }
        return Keccak256.hash(bytes)
    }
}
