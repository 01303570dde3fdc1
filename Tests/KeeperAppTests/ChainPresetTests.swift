import EthPrimitives
import Testing

@testable import KeeperApp

@Suite("What is known of chains")
struct ChainPresetTests {
    @Test(
        "by id",
        arguments: [
            (1, "mainnet", true), (11_155_111, "Sepolia", true), (560_048, "Hoodi", true), (10, "OP Mainnet", true),
            (1337, "local", false), (31337, "local", false), (99_999, "local", false),
        ] as [(UInt64, String, Bool)])
    func names(id: UInt64, name: String, isPublic: Bool) {
        let preset = ChainPreset.of(ChainID(id))
        #expect(preset.name == name && preset.isPublic == isPublic && preset.id == ChainID(id))
    }

    @Test("mainnet has the ChainLog, and final blocks by tag")
    func mainnet() {
        #expect(ChainPreset.mainnet.chainlog?.description == "0xdA0Ab1e0017DEbCd72Be8599041a2aa3bA7e740F")
        #expect(ChainPreset.mainnet.finality == .tag && ChainPreset.local(1337).finality == .none)
    }

    @Test(
        "Tenderly's virtual networks are told by their host",
        arguments: [
            ("virtual.mainnet.rpc.tenderly.co", true), ("virtual.mainnet.eu.rpc.tenderly.co", true),
            ("VIRTUAL.base.RPC.tenderly.co", true),
            ("mainnet.gateway.tenderly.co", false), ("virtual.rpc.tenderly.co.example", false), ("tenderly.co", false),
        ])
    func tenderly(host: String, isVirtual: Bool) {
        let preset = ChainPreset.of(1, hosts: ["127.0.0.1", host])
        #expect((preset.name == "virtual copy of mainnet") == isVirtual)
        #expect((preset.slots == nil) == isVirtual, "its blocks are made on demand")
        #expect(preset.isPublic && preset.chainlog == ChainPreset.mainnet.chainlog, "what is signed for it is valid on mainnet")
        #expect(!ChainPreset.of(73_571, hosts: ["virtual.mainnet.rpc.tenderly.co"]).isPublic)
    }
}
