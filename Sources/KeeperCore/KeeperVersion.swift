/// The version of these sources: every decision is kept with the one that made it.
public enum KeeperVersion {
    public static let current = "0.5.0"
}
