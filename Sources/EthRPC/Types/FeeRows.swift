internal import EthPrimitives

/// For each block the priority fees at the percentiles that were asked.
struct FeeRows: ScannableResult {
    let rows: [[Wei]]

    /// Answers about more blocks are refused: geth, Nethermind, Besu and Reth give 1,024 at most, and a fee takes more memory than text.
    static let maximum = FieldScanner.ElementLimit(count: 65_536, words: "at most 65,536 elements")

    init(_ scanner: inout FieldScanner) throws(FieldFault) {
        rows = try scanner.elements(atMost: Self.maximum) { (scanner) throws(FieldFault) in try scanner.fees() }
    }
}
