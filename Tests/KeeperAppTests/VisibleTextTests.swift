import Testing

@testable import KeeperApp

@Suite("What a terminal is shown")
struct VisibleTextTests {
    @Test("what would move the cursor, colour the screen or turn the line around is escaped")
    func escaped() {
        #expect(VisibleText.of("a\u{1B}[2Jb") == #"a\u001b[2Jb"#)
        #expect(VisibleText.of("\u{9B}31m \u{7F}\u{0}\r") == #"\u009b31m \u007f\u0000\u000d"#)
        #expect(VisibleText.of("abc\u{202E}cba\u{2066}\u{200F}") == #"abc\u202ecba\u2066\u200f"#)
    }

    @Test("all else stays as it is", arguments: ["", "one\ntwo\tthree", "PIP_ETH · 0.5 ETH – “ё” 𝛼 🙂"])
    func kept(text: String) { #expect(VisibleText.of(text) == text) }
}
