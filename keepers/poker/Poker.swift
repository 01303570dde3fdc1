@main struct Poker { static func main() {} }
