import EthCodec
import Foundation
import TestSupport
import Testing

@testable import KeeperApp
@testable import Poker

@Suite("The schema of the configuration")
struct ConfigSchemaTests {
    private static func survey() throws -> ConfigReader { try ConfigSurvey<Poker>().root }

    @Test("has every key that a survey asks for, and no other")
    func keys() throws {
        let survey = try Self.survey()
        let schema = ConfigSchema(root: survey, title: "t", isPart: false).json
        #expect(Set(ConfigPaths.all(survey)) == Set(ConfigPaths.all(in: schema)))
        #expect(ConfigPaths.all(survey).count > 60)
    }

    @Test("a survey asks for what is asked of the example and of the least configuration, with the same defaults")
    func survey() throws {
        let folder = try ConfigFolder()
        let example = Project.root.appending(path: "keepers/poker/poker.example.yaml").path
        let all = Dictionary(uniqueKeysWithValues: ConfigPaths.keys(try Self.survey()).map { ($0.path, $0.key) })
        let most = try folder.write("most.yaml", BadInputTests.most)
        let given = try ConfigLoader(path: most, readsNodeVariables: false).load()
        for path in [try folder.write("least.yaml", ConfigFolder.least), example, most] {
            let value = try ConfigLoader(path: path, readsNodeVariables: false).load()
            let root = try ConfigReader(value)
            _ = try Wiring<Poker>(root, digest: value.decisionDigest())
            for (path, key) in ConfigPaths.keys(root) {
                let known = try #require(all[path], "\(path) is asked for, and no survey knows it")
                #expect(key.meaning == known.meaning && key.isRequired == known.isRequired, "\(path)")
                #expect(key.fallbackSource != nil || key.fallback == known.fallback, "\(path)")
            }
        }
        // What is not in the largest configuration is another way to say what is in it.
        let root = try ConfigReader(given)
        _ = try Wiring<Poker>(root, digest: given.decisionDigest())
        let asked = ConfigPaths.keys(root).filter { $0.key.given != nil }.map(\.path)
        let others = ["signer.keystoreFile", "signer.passwordFile", "signer.privateKey", "signer.privateKeyEnv", "include"]
        #expect(Set(all.keys).subtracting(asked) == Set(others))
    }

    @Test("the example names every key")
    func example() throws {
        let text = try String(contentsOf: Project.root.appending(path: "keepers/poker/poker.example.yaml"), encoding: .utf8)
        for (path, key) in ConfigPaths.keys(try Self.survey()) where path != "signer.privateKey" {
            #expect(text.contains("\(key.name):") || text.contains("\(key.name)File:"), "\(path)")
        }
    }

    @Test("every key says what it means, in one line without a full stop")
    func meanings() throws {
        for (path, key) in ConfigPaths.keys(try Self.survey()) {
            #expect(
                !key.meaning.isEmpty && key.meaning.count < 100 && key.meaning.last != "." && !key.meaning.contains("\n"),
                "\(path)")
        }
    }

    @Test("lists of sections by kind have the keys of each kind, and refuse words that are none")
    func kinds() throws {
        enum Kind: String, CaseIterable { case bell, letter }
        func read(_ root: ConfigReader) throws {
            for (kind, reader) in try root.sections("sinks", by: "type", Kind.self, "what it is", "who is told") {
                switch kind {
                case .bell: _ = try reader.value("volume", .whole(in: 1...11), default: 3, "how loud")
                case .letter: _ = try reader.requiredReference("address", "where to")
                }
            }
            try root.rejectUnknownKeys()
        }
        let survey = try ConfigReader(ConfigValue(kind: .mapping([]), origin: ""), path: "", isSurvey: true)
        try read(survey)
        let schema = ConfigSchema(root: survey, title: "t", isPart: false).json
        #expect(
            Set(ConfigPaths.all(in: schema)) == [
                "sinks", "sinks[].type", "sinks[].volume", "sinks[].address", "sinks[].addressFile",
            ])
        let kinds = schema["properties"]?["sinks"]?["items"]?["oneOf"]?.array
        #expect(kinds?.map { $0["allOf"]?.array?.count } == [1, 3], "the word; the word, an address, and not two of them")
        let folder = try ConfigFolder()
        func refusal(_ text: String) throws -> String? {
            let file = try folder.write("c.yaml", text)
            let root = try ConfigReader(ConfigLoader(path: file, readsNodeVariables: false).load())
            do { try read(root) } catch let error as ConfigError { return error.description }
            return nil
        }
        #expect(try refusal("sinks: [{ type: bell }, { type: letter, address: x }]") == nil)
        #expect(try refusal("sinks: [{ type: gong }]")?.contains("sinks[0].type: expected one of bell, letter") == true)
        #expect(try refusal("sinks: [{ volume: 3 }]")?.contains("sinks[0].type: the key is missing") == true)
        #expect(try refusal("sinks: [{ type: letter, address: x, volume: 3 }]")?.contains("sinks[0].volume: unknown key") == true)
    }
}
