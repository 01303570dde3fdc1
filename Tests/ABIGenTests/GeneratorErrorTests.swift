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
        "what is wrong is named with file, entry and member",
        arguments: [
            ("{", "X.json: JSON ends early, after 1 bytes"),
            ("{}", "X.json: expected an array of entries, got an object"),
            (#"[{"type": "function"}]"#, "X.json: [0].name: a function needs a name"),
            (#"[{"type": "fnuction", "name": "f"}]"#, #"X.json: [0].type: there is no kind of entry "fnuction""#),
            (
                #"[{"type": "receive"}, {"type": "function", "name": "f", "inputs": [{"name": "", "type": "uint7"}]}]"#,
                #"X.json: [1].inputs[0].type: "uint7" is not an ABI type: "#
            ),
            (
                #"[{"type": "event", "name": "E", "inputs": [{"name": "a", "type": "tuple", "components": [{"name": 1}]}]}]"#,
                "X.json: [0].inputs[0].components[0].type: a parameter needs a type"
            ),
            (
                #"[{"type": "error", "name": "E() {} //", "inputs": []}]"#,
                #"X.json: error E() {} //: "E() {} //" is not an identifier"#
            ),
            (
                #"[{"type": "function", "name": "f", "outputs": [{"name": "a b", "type": "bool"}]}]"#,
                #"X.json: function f: "a b" is not an identifier"#
            ),
        ])
    func unreadable(json: String, message: String) {
        do {
            _ = try Self.generate(json)
            Issue.record("accepted \(json)")
        } catch {
            #expect(error.description.hasPrefix(message))
        }
    }

    @Test(
        "a file whose name no enumeration can have is refused", arguments: ["Address", "class", "a-b", "2nd", "", "_", "x$", "é"])
    func fileName(name: String) {
        #expect(throws: BindingError.unusableName(contract: name)) {
            try BindingGenerator.generate(contract: name, json: Array("[]".utf8))
        }
    }

    @Test("a declaration that would hide a type of the bindings gets another name")
    func hidden() throws {
        let text = try Self.generate(
            #"[{"type": "function", "name": "contract"}, {"type": "error", "name": "ABIError"}, {"type": "event", "name": "contract"}]"#
        )
        for name in ["ContractCallCall: ArgumentlessCall", "ABIErrorError: ContractError", "ContractEventEvent: ContractEvent"] {
            #expect(text.contains("public struct \(name), Equatable {"))
        }
    }
}
