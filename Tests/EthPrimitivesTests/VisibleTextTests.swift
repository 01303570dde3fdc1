import EthPrimitives
import Testing

@Suite("What a terminal is shown")
struct VisibleTextTests {
    @Test("what would move the cursor, colour the screen or turn the line around is escaped")
    func escaped() {
        #expect(VisibleText.of("a\u{1B}[2Jb") == #"a\u001b[2Jb"#)
        #expect(VisibleText.of("\u{9B}31m \u{7F}\u{0}\r") == #"\u009b31m \u007f\u0000\u000d"#)
        #expect(VisibleText.of("abc\u{202E}cba\u{2066}\u{200F}") == #"abc\u202ecba\u2066\u200f"#)
        // Two halves, as in JSON.
        #expect(VisibleText.of("tag \u{E0041}") == #"tag \udb40\udc41"#)
    }

    @Test("on one line, line breaks and tabs are escaped too")
    func line() {
        #expect(VisibleText.line("one\ntwo\tthree\r") == #"one\u000atwo\u0009three\u000d"#)
    }

    @Test("all else stays as it is", arguments: ["", "one\ntwo\tthree", "PIP_ETH · 0.5 ETH – “ё” 𝛼 🙂"])
    func kept(text: String) { #expect(VisibleText.of(text) == text) }
}
