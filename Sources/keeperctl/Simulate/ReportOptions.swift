import ArgumentParser
import EthChain
import EthCodec
import EthPrimitives
import EthTransactions

/// What is found out beside the result, and how it is shown.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Find the smallest gas limits: with status 1, and with every effect.")
    var limits = false

    @Flag(help: "Put the node's own simulation beside the result.")
    var secondOpinion = false

    @Option(
        help: ArgumentHelp(
            "Functions, events and errors to read data by: a JSON ABI or a compiler's artifact; may be given several times.",
            valueName: "path"),
        completion: .file())
    var abi: [String] = []

    @Option(help: ArgumentHelp("What an account is called; may be given several times.", valueName: "address=name"))
    var label: [String] = []

    @Flag(help: "Show logs in the tree.")
    var logs = false

    @Flag(help: "Show written slots in the tree.")
    var writes = false

    @Option(help: "How deep the tree of calls is shown.")
    var depth = 12

    /// - Throws: `OperationError`.
    func names(adding subject: SubjectOptions) throws(OperationError) -> TraceRenderer {
        var entries: [ABISignature] = []
        if let call = subject.call {
            entries.append(try OperationError.named("--call") { () throws(ABIError) in try ABISignature(parsing: call) })
        }
        for path in abi {
            let text = try InputText.read("@" + path)
            entries += try OperationError.named(path) { () throws(ABIDocumentError) in
                try ABIDocument(parsing: Array(text.utf8)).entries
            }
        }
        var labels: [Address: String] = [:]
        for text in label {
            guard let mark = text.firstIndex(of: "=") else {
                throw .usage("--label: expected an address, = and a name, got \(text.prefix(80))")
            }
            let account = try OperationError.named("--label") { () throws(AddressError) in try Address(hex: String(text[..<mark]))
            }
            labels[account] = String(text[text.index(after: mark)...])
        }
        var extent = TraceExtent()
        (extent.logs, extent.writes, extent.depth) = (logs, writes, max(0, depth))
        return TraceRenderer(labels: labels, interface: ABIDocument(entries), extent)
    }
}
