extension Operation {
    static let abi: [Operation] = []
}
