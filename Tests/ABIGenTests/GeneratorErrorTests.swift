import ABIGen
import Testing

@Suite("Generator errors")
struct GeneratorErrorTests {
    static func generate(_ json: String) throws(BindingError) -> String {
        try BindingGenerator.generate(contract: "X", json: Array(json.utf8))
    }

    @Test("two declarations of one name are refused")
    func names() {
        let json = #"[{"type": "function", "name": "line", "inputs": []}, {"type": "function", "name": "Line", "inputs": []}]"#
        #expect(throws: BindingError.nameTaken(contract: "X", name: "LineCall")) { try Self.generate(json) }
    }

    @Test("a declaration without a name is refused")
    func unnamed() {
        #expect(throws: BindingError.unreadable(contract: "X", reason: "[0].name: a function needs a name")) {
            try Self.generate(#"[{"type": "function", "inputs": []}]"#)
        }
    }

    @Test("two different tuples of one name are refused")
    func tuples() {
        func function(_ name: String, _ member: String) -> String {
            #"{"type": "function", "name": "\#(name)", "inputs": [{"name": "p", "type": "tuple", "#
                + #""components": [{"name": "v", "type": "\#(member)"}]}]}"#
        }
        #expect(throws: BindingError.conflictingTuples(contract: "X", name: "PTuple")) {
            try Self.generate("[\(function("a", "bool")), \(function("b", "address"))]")
        }
    }

    @Test("a missing directory of interfaces is named")
    func directory() {
        #expect(throws: BindingError.missingDirectory("nowhere")) {
            try BindingDirectory(input: "nowhere", output: "nowhere else").differences()
        }
    }

    @Test(
        "broken JSON and unknown types name the file",
        arguments: ["{", #"[{"type": "function", "name": "f", "inputs": [{"name": "", "type": "uint7"}]}]"#])
    func unreadable(json: String) {
        do {
            _ = try Self.generate(json)
            Issue.record("accepted \(json)")
        } catch {
            #expect(error.description.hasPrefix("X.json: "))
        }
    }
}
