/// Selectors and topics as an independent table has them, of everything that occurs in the bindings.
enum KnownHashes {
    static let selectors: [String: String] = [
        "Line()": "0xbabe8a3f",
        "age()": "0x262a9dff",
        "aggregate3((address,bool,bytes)[])": "0x82ad56cb",
        "authority()": "0xbf7e214f",
        "bar()": "0xfebb0f7e",
        "bud(address)": "0x4fce7a2a",
        "can(address,address)": "0x4538c4eb",
        "change(address)": "0x1e77933e",
        "count()": "0x06661abd",
        "dai(address)": "0x6c25b346",
        "debt()": "0x0dca59c1",
        "file(bytes32,bytes32,uint256)": "0x1a0b287e",
        "file(bytes32,uint256)": "0x29ae8114",
        "fork(bytes32,address,address,int256,int256)": "0x870c616d",
        "frob(bytes32,address,address,address,int256,int256)": "0x76088703",
        "get(uint256)": "0x9507d39a",
        "getAddress(bytes32)": "0x21f8a721",
        "getBlockNumber()": "0x42cbb15c",
        "getCurrentBlockTimestamp()": "0x0f28c97d",
        "getEthBalance(address)": "0x4d2301cc",
        "grab(bytes32,address,address,address,int256,int256)": "0x7bab3f40",
        "hop()": "0xb0b8579b",
        "ilks(bytes32)": "0xd9638d36",
        "kiss(address)": "0xf29c29c4",
        "last()": "0x47799da8",
        "list()": "0x0f560cd7",
        "live()": "0x957aa58c",
        "move(address,address,uint256)": "0xbb35783b",
        "orcl(address)": "0x020b2e32",
        "owner()": "0x8da5cb5b",
        "par()": "0x495d32cb",
        "pass()": "0xa7a1ed72",
        "peek()": "0x59e02dd7",
        "peep()": "0x0e5a6c70",
        "poke()": "0x18178358",
        "poke(bytes32)": "0x1504460f",
        "poke(uint256[],uint256[],uint8[],bytes32[],bytes32[])": "0x89bbb8b2",
        "read()": "0x57de26a4",
        "sin(address)": "0xf059212a",
        "slot(uint8)": "0x8d0e5a9a",
        "src()": "0x2e7dc6af",
        "start()": "0xbe9a6555",
        "step(uint16)": "0xe38e2cfb",
        "stop()": "0x07da68f5",
        "stopped()": "0x75f12b21",
        "tryAggregate(bool,(address,bytes)[])": "0xbce38bd7",
        "urns(bytes32,address)": "0x2424be5c",
        "vat()": "0x36569e77",
        "version()": "0x54fd4d50",
        "vice()": "0x2d61a355",
        "void()": "0xac4c25b2",
        "wards(address)": "0xbf353dbb",
        "wat()": "0x4ca29923",
        "zzz()": "0xa4dff0a2",
    ]

    static let topics: [String: String] = [
        "Deny(address)":
            "0x184450df2e323acec0ed3b5c7531b81f9b4cdef7914dfd4c0a4317416bb5251b",
        "LogMedianPrice(uint256,uint256)":
            "0xb78ebc573f1f889ca9e1e0fb62c843c836f3d3a2e1f43ef62940e9b894f4ea4c",
        "LogSetAuthority(address)":
            "0x1abebea81bfa2637f28358c371278fb15ede7ea8dd28d2e03b112ff6d936ada4",
        "LogSetOwner(address)":
            "0xce241d7ca1f669fee44b6fc00b8eba2df3bb514eed0f6f668f8f89096e81ed94",
        "LogValue(bytes32)":
            "0x296ba4ca62c6c21c95e828080cb8aec7481b71390585605300a8a76f9e95b527",
        "Poke(bytes32,bytes32,uint256)":
            "0xdfd7467e425a8107cfd368d159957692c25085aacbcf5228ce08f10f2146486e",
        "Rely(address)":
            "0xdd0e34038ac38b2a1ce960229778ac48a8719bc900b6c4f8d0475c6e8b385a60",
        "RemoveAddress(bytes32)":
            "0x236084b20b5721ddf3e40ed45b570186612a08edec64abae6894b60f315c54bc",
        "UpdateAddress(bytes32,address)":
            "0xcf0ecd10d1399d98978051da48095f368d6f1fa3292d5fc09135b92aa2a4d733",
        "UpdateVersion(string)":
            "0xc96e830455c6cd482ced2b3637de7e7f3c87ed0f17eff0999ba5e262ea44c67b",
        "Value(uint128,uint128)":
            "0x80a5d0081d7e9a7bdb15ef207c6e0772f0f56d24317693206c0e47408f2d0b73",
    ]
}
