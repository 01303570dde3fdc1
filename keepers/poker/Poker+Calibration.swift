import KeeperApp
import KeeperCore
import OraclePokes

extension Poker {
    static var calibrationSummary: String? { "Check the gas model against recorded receipts, and fit it to them." }

    static func calibration(
        _ keeper: PokerKeeper, _ common: KeeperConfiguration
    ) throws(ConfigError) -> any Calibration<PokerSnapshot> {
        PokeCalibration<PokerSnapshot>(
            keeper.targets.contracts, model: keeper.rules.planner.gas, ownAddress: keeper.sender)
    }
}
