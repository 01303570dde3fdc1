internal import EthCodec
internal import EthPrimitives

/// Why a value is not what a field must hold: small, since the way to it is walked again only when somebody asks.
public struct FieldFault: Error, Sendable {
    enum Problem: Sendable {
        /// No JSON.
        case damaged
        case expected(StaticString)
        case missing(StaticString)
        case repeated
    }

    let problem: Problem
    /// Where the value begins; for a missing member, where its object begins; for a repeated one, where its second value begins.
    let offset: Int

    init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// The error for people: which field, what it holds and what it must hold.
    /// - Parameters:
    ///   - bytes: the JSON that was read.
    ///   - root: the name of the whole.
    func described(in bytes: UnsafeBufferPointer<UInt8>, root: String) -> RPCError {
        let (path, value) = FieldPath.find(offset, in: bytes, root: root)
        switch problem {
        case .damaged: return RPCError(.malformedResult, "\(path): expected JSON, got something else at byte \(offset)")
        case .missing(let name): return RPCError(.malformedResult, "\(path).\(name): expected a value, the field is missing")
        case .repeated: return RPCError(.malformedResult, "\(path): the field is there more than once")
        case .expected(let what):
            let reason = Self.isBytes(what) ? Self.hexError(value).map { " (\($0))" } ?? "" : ""
            return RPCError(.malformedResult, "\(path): expected \(what)\(reason), got \(NodeText.excerpt(value))")
        }
    }

    private static func isBytes(_ what: StaticString) -> Bool { "\(what)" == "0x bytes" }

    /// What is wrong with a string that is no hexadecimal.
    private static func hexError(_ value: String) -> HexError? {
        guard let text = try? JSONScanner.parse(Array(value.utf8)).string else { return nil }  // no string: no such reason
        do { _ = try Hex.decode(text) } catch { return error }
        return nil
    }
}
