import EthPrimitives
import KeeperApp
import OraclePokes

extension PokerConfiguration {
    /// The gas model, with what the section `gas` says otherwise.
    static func gas(_ section: ConfigReader) throws(ConfigError) -> PokeGasModel {
        let keys = try section.section("gas", "the gas model, in whole gas; `poker calibrate` fits it to receipts")
        var model = PokeGasModel()
        for parameter in PokeGasParameter.allCases {
            model[parameter] = try keys.value(
                parameter.rawValue, .whole(in: 0...PokeGasModel.most), default: model[parameter], parameter.meaning)
        }
        for (discount, from) in PokeGasModel.discounts where model[discount] > model[from] {
            throw keys.error(
                discount.rawValue, "expected at most \(from.rawValue), \(model[from]), got \(model[discount])")
        }
        return model
    }
}
