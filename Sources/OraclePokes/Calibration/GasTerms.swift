import EthPrimitives

/// What a poke's gas is made of: how often it pays each parameter of the model.
///
/// The model is a sum, so a parameter is paid as often as the sum grows when the parameter is one larger. Where the refund is at its cap (EIP-3529)
/// that is not so; what is left stands in `constant`.
struct GasTerms: Sendable, Hashable {
    /// In the order of `PokeGasParameter.allCases`.
    var counts: [Int]
    var constant: Int

    init(of poke: MeasuredPoke) {
        // How often does not depend on how much.
        let model = PokeGasModel()
        let gas = Int(poke.predicted(by: model))
        counts = PokeGasParameter.allCases.map { parameter in
            var other = model
            other[parameter] += 1
            return Int(poke.predicted(by: other)) - gas
        }
        constant = gas - zip(counts, PokeGasParameter.allCases).map { $0 * Int(model[$1]) }.reduce(0, +)
    }
}
