extension Operation {
    static let typedData: [Operation] = []
}
