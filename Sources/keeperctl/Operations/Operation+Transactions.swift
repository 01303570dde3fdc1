extension Operation {
    static let transactions: [Operation] = []
}
