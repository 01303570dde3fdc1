/// A place between two lines, and what is known there.
struct CassetteCut: Sendable {
    var framing = CassetteFraming()
    /// The member that the place is in.
    var draft = CassetteMemberDraft()
    /// Those before it.
    var members: [CassetteMember] = []
    /// Lines before it.
    var lines = 0
    /// Bytes before it in a plain file.
    var offset: UInt64 = 0
}
