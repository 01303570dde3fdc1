import EthCodec
import EthPrimitives
import Foundation

/// A compiled contract of Tests/Contracts.
struct Artefact {
    let creation: [UInt8]
    let interface: ABIDocument

    init(_ name: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Contracts/build/\(name).json")
        let json = try JSONScanner.parse([UInt8](Data(contentsOf: file)))
        creation = try Hex.decode(json["bytecode"]?.string ?? "")
        interface = try ABIDocument(json: json["abi"] ?? .null)
    }
}

/// The data of a call of static types: numbers, addresses, names.
func call(_ signature: String, _ values: any ABIWord...) -> [UInt8] {
    Array(Keccak256.hash(signature).bytes.prefix(4)) + values.flatMap { $0.abiWord.bytes }
}

/// A value that is one word of the ABI.
protocol ABIWord { var abiWord: B256 { get } }
extension UInt256: ABIWord { var abiWord: B256 { bigEndianBytes } }
extension Bool: ABIWord { var abiWord: B256 { UInt256(self ? 1 : 0).bigEndianBytes } }
extension Address: ABIWord { var abiWord: B256 { (UInt256(bigEndianBytes: bytes) ?? .zero).bigEndianBytes } }
extension String: ABIWord { var abiWord: B256 { B256(ascii: self) ?? B256() } }
