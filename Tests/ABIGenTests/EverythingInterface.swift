/// An interface with every feature that the generator knows; its bindings are checked in as `Everything.swift` and compiled.
enum EverythingInterface {
    static let json = """
        [
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
          {"type": "event", "name": "Moved", "anonymous": false, "inputs": [
             {"name": "who", "type": "address", "indexed": true}, {"name": "memo", "type": "string", "indexed": true},
             {"name": "data", "type": "bytes", "indexed": false}, {"name": "ok", "type": "bool", "indexed": true}]},
          {"type": "event", "name": "Note", "anonymous": true, "inputs": [
             {"name": "sig", "type": "bytes4", "indexed": true}, {"name": "wad", "type": "uint256", "indexed": false}]},
          {"type": "event", "name": "Cage", "anonymous": false, "inputs": []},
          {"type": "error", "name": "NotMaster", "inputs": [{"name": "network", "type": "bytes32"}]},
          {"type": "error", "name": "NotTolledError", "inputs": []},
          {"type": "constructor", "inputs": []},
          {"type": "receive", "stateMutability": "payable"}
        ]
        """
}
