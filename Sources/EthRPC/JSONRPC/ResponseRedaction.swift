/// Takes out of a text what an endpoint wants unseen. Servers like to repeat what they were asked, a URL with its token too, and an
/// error that quotes a result would show it.
public final class ResponseRedaction: Sendable {
    let clean: @Sendable (String) -> String

    public init(_ clean: @escaping @Sendable (String) -> String) { self.clean = clean }
}
