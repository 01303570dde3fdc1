/// Takes out of a text what an endpoint wants unseen. Servers like to repeat what they were asked, a URL with its token too, and an
/// error that quotes a result would show it.
public final class ResponseRedaction: Sendable {
    let clean: @Sendable (String) -> String
    let cleanBytes: @Sendable (ArraySlice<UInt8>) -> ArraySlice<UInt8>

    /// - Parameters:
    ///   - clean: what is said about a response.
    ///   - cleanBytes: what is kept of one, as it came: its data must stay what they are.
    public init(
        _ clean: @escaping @Sendable (String) -> String,
        bytes cleanBytes: @escaping @Sendable (ArraySlice<UInt8>) -> ArraySlice<UInt8> = { $0 }
    ) {
        self.clean = clean
        self.cleanBytes = cleanBytes
    }
}
