/// An interface with every feature that the generator knows; its bindings are checked in as `Everything.swift` and compiled.
enum EverythingInterface {
    static let json = """
        [
          {"type": "constructor", "inputs": [{"name": "ignored", "type": "address"}], "stateMutability": "nonpayable"},
          {"type": "function", "name": "sum", "stateMutability": "view", "outputs": [{"name": "", "type": "uint256"}],
           "inputs": [{"name": "encoder", "type": "address"}]},
          {"type": "function", "name": "Sum", "stateMutability": "view", "inputs": [],
           "outputs": [{"name": "", "type": "int24"}, {"name": "", "type": "uint160[]"}, {"name": "in", "type": "bool"}]},
          {"type": "function", "name": "mix", "stateMutability": "nonpayable", "outputs": [],
           "inputs": [
             {"name": "_in", "type": "bytes"}, {"name": "in_", "type": "string"}, {"name": "callData", "type": "uint8[]"},
             {"name": "fixed", "type": "string[2]"}, {"name": "", "type": "function"},
             {"name": "order", "type": "tuple[2][]", "internalType": "struct Book.Order[2][]", "components": [
               {"name": "id", "type": "bytes4"},
               {"name": "inner", "type": "tuple", "components": [{"name": "note", "type": "string"}, {"name": "big", "type": "int256"}]}
             ]},
             {"name": "point", "type": "tuple", "internalType": "struct Point", "components": [
               {"name": "x", "type": "int64"}, {"name": "y", "type": "int128"}]}
           ]},
          {"type": "function", "name": "set", "stateMutability": "payable", "outputs": [],
           "inputs": [{"name": "point", "type": "tuple", "internalType": "struct Point", "components": [
             {"name": "x", "type": "int64"}, {"name": "y", "type": "int128"}]}]},
          {"type": "function", "name": "set", "stateMutability": "payable", "outputs": [],
           "inputs": [{"name": "points", "type": "tuple[3]", "internalType": "struct Point[3]", "components": [
             {"name": "x", "type": "int64"}, {"name": "y", "type": "int128"}]}]},
          {"type": "function", "name": "set", "stateMutability": "nonpayable", "outputs": [],
           "inputs": [{"name": "x", "type": "int64"}, {"name": "y", "type": "int128"}]},
          {"type": "function", "name": "shape", "stateMutability": "pure",
           "inputs": [
             {"name": "shape", "type": "tuple", "internalType": "struct Shape", "components": [
               {"name": "corners", "type": "tuple[2]", "internalType": "struct Point[2]", "components": [
                 {"name": "x", "type": "int64"}, {"name": "y", "type": "int128"}]},
               {"name": "orders", "type": "tuple[]", "internalType": "struct Book.Order[]", "components": [
                 {"name": "id", "type": "bytes4"},
                 {"name": "inner", "type": "tuple", "components": [{"name": "note", "type": "string"}, {"name": "big", "type": "int256"}]}
               ]},
               {"name": "flags", "type": "bool[2][3]"}, {"name": "self", "type": "uint48"}]},
             {"name": "name$", "type": "bytes32"}
           ],
           "outputs": [{"name": "area", "type": "tuple", "internalType": "struct Address", "components": [
             {"name": "default", "type": "uint128"}, {"name": "hashValue", "type": "bytes"}]}]},
          {"type": "function", "name": "thisNameIsSoLongThatItsSignatureNeedsLinesOfItsOwnInSwift", "stateMutability": "view",
           "inputs": [
             {"name": "first", "type": "address[]"}, {"name": "second", "type": "uint256[]"}, {"name": "third", "type": "bytes32[]"},
             {"name": "fourth", "type": "string[]"}, {"name": "fifth", "type": "bytes[]"}, {"name": "sixth", "type": "bool"},
             {"name": "seventh", "type": "uint16[2]"}],
           "outputs": [
             {"name": "theFirstOfThreeAnswers", "type": "uint256"}, {"name": "theSecondOfThreeAnswers", "type": "string"},
             {"name": "theLastOfThreeAnswers", "type": "uint72"}]},
          {"type": "event", "name": "Moved", "anonymous": false, "inputs": [
             {"name": "who", "type": "address", "indexed": true}, {"name": "memo", "type": "string", "indexed": true},
             {"name": "data", "type": "bytes", "indexed": false}, {"name": "ok", "type": "bool", "indexed": true}]},
          {"type": "event", "name": "Moved", "anonymous": false, "inputs": [
             {"name": "", "type": "uint8[]", "indexed": true},
             {"name": "point", "type": "tuple", "internalType": "struct Point", "indexed": true, "components": [
               {"name": "x", "type": "int64"}, {"name": "y", "type": "int128"}]},
             {"name": "step", "type": "int24", "indexed": true},
             {"name": "to", "type": "tuple", "internalType": "struct Point", "indexed": false, "components": [
               {"name": "x", "type": "int64"}, {"name": "y", "type": "int128"}]}]},
          {"type": "event", "name": "Note", "anonymous": true, "inputs": [
             {"name": "sig", "type": "bytes4", "indexed": true}, {"name": "wad", "type": "uint256", "indexed": false}]},
          {"type": "event", "name": "Cage", "anonymous": false, "inputs": []},
          {"type": "error", "name": "NotMaster", "inputs": [{"name": "network", "type": "bytes32"}]},
          {"type": "error", "name": "NotTolledError", "inputs": []},
          {"type": "error", "name": "ABIError", "inputs": [{"name": "", "type": "string"}]},
          {"type": "receive", "stateMutability": "payable"},
          {"type": "fallback", "stateMutability": "payable"}
        ]
        """
}
