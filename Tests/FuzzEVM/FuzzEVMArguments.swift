/// What the command line asks for.
struct FuzzEVMArguments {
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    static let usage = """
        usage: fuzz-evm [--programs N] [--seconds S] [--seed N] [--first N] [--jobs N] | --program N [--seed N]

        Runs random programs on the machine and holds what comes out against laws: gas, depth, static calls, ether, failures that leave
        nothing behind, the same result twice. Programs follow from seed and number.

          --programs N  how many, by default 10,000,000
          --seconds S   stops then even if not all are done
          --seed N      other seeds make other programs, by default 1
          --first N     the number of the first, by default 0
          --jobs N      threads, by default one for each core
          --program N   runs only the program of this number

        Exits with 1 if a law is broken; a crash ends the process with its signal, and names the programs that ran.
        """

    private(set) var programs: UInt64 = 10_000_000
    private(set) var seconds: UInt64?
    private(set) var seed: UInt64 = 1
    private(set) var first: UInt64 = 0
    private(set) var jobs: Int
    private(set) var program: UInt64?
    private(set) var helps = false

    init(_ arguments: [String], jobs: Int) throws(Mistake) {
        self.jobs = jobs
        var left = arguments[...]
        while let option = left.popFirst() {
            if option == "--help" || option == "-h" {
                helps = true
                continue
            }
            guard let text = left.popFirst() else { throw Mistake(description: "\(option) needs a number or is not known") }
            guard let number = UInt64(text) else { throw Mistake(description: "\(option) needs a number, got \(text)") }
            switch option {
            case "--programs" where number > 0: programs = number
            case "--seconds" where number > 0: seconds = number
            case "--seed": seed = number
            case "--first": first = number
            case "--jobs" where 1...64 ~= number: self.jobs = Int(number)
            case "--program": program = number
            default: throw Mistake(description: "\(option) \(number) is not an option")
            }
        }
    }
}
