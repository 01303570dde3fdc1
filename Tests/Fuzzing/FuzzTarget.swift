/// One decoder under attack.
public struct FuzzTarget: Sendable {}
