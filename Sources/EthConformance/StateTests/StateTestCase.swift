/// One variant of a test at one fork.
public struct StateTestCase: Hashable, Sendable {
    public var file: String
    public var test: String
    /// As the suite calls it.
    public var fork: String
    public var data: Int
    public var gas: Int
    public var value: Int

    public init(file: String, test: String, fork: String, data: Int, gas: Int, value: Int) {
        self.file = file
        self.test = test
        self.fork = fork
        self.data = data
        self.gas = gas
        self.value = value
    }

    /// Which variant: `d0 g1 v0`.
    public var variant: String { "d\(data) g\(gas) v\(value)" }
}
