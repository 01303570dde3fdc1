internal import EthCodec

/// A result that is read straight from the bytes of an answer.
public protocol ScannableResult: Sendable {
    /// Reads the next value.
    init(_ scanner: inout FieldScanner) throws(FieldFault)
}

extension ScannableResult {
    /// Reads bytes that hold exactly this value.
    /// - Throws: `RPCError` of code `.malformedResult`, which names the field.
    public init(_ bytes: ArraySlice<UInt8>, path: String = "result") throws(RPCError) {
        self = try FieldScanner.read(bytes, path: path) { (scanner) throws(FieldFault) in try Self(&scanner) }
    }

    /// Reads a value that is a JSON tree already.
    /// - Throws: `RPCError` of code `.malformedResult`, which names the field.
    public init(_ reader: FieldReader) throws(RPCError) {
        try self.init(JSONWriter.bytes(of: reader.json)[...], path: reader.path)
    }
}

extension Array: ScannableResult where Element: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        self = try scanner.elements { (scanner) throws(FieldFault) in try Element(&scanner) }
    }
}

extension Optional: ScannableResult where Wrapped: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        self = try scanner.null() ? nil : try Wrapped(&scanner)
    }
}

extension FieldScanner {
    /// Reads bytes that hold exactly one value.
    /// - Throws: `RPCError` of code `.malformedResult`, which names the field.
    @inline(__always)
    static func read<Value>(
        _ bytes: ArraySlice<UInt8>, path: String, _ value: (inout FieldScanner) throws(FieldFault) -> Value
    ) throws(RPCError) -> Value {
        let read: Result<Value, RPCError> = bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else {
                return .failure(RPCError(.malformedResult, "\(path): expected JSON, got nothing"))
            }
            var scanner = FieldScanner(buffer, UnsafeRawPointer(base))
            do throws(FieldFault) {
                _ = try scanner.next()
                let value = try value(&scanner)
                try scanner.end()
                return .success(value)
            } catch {
                return .failure(error.described(in: buffer, root: path))
            }
        }
        return try read.get()
    }
}
