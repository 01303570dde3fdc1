extension RPCQuery where Value == [Log] {
    public static func logs(_ filter: LogFilter) -> Self { Self("eth_getLogs", [filter.json]) }
}
