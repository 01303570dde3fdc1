internal import EthPrimitives

/// The priority fees of one block at the percentiles that were asked.
struct FeeRow: ScannableResult {
    let fees: [Wei]

    init(_ scanner: inout FieldScanner) throws(FieldFault) {
        fees = try scanner.elements { (scanner) throws(FieldFault) in Wei(try scanner.quantity()) }
    }
}
