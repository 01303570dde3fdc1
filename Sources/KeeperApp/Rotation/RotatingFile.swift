/// A file that is looked at.
struct RotatingFile: Sendable {
    /// The key that names it.
    var key: String
    /// Where it is, with the variables of its name replaced.
    private let path: @Sendable () -> String?

    init(key: String, path: @escaping @Sendable () -> String?) {
        self.key = key
        self.path = path
    }

    /// `nil` for a secret that is in no file.
    init?(_ reference: ConfigReference?) {
        guard let reference, reference.isFile else { return nil }
        self.init(key: reference.key) { reference.path }
    }

    init?(_ file: ConfigFile?) {
        guard let file else { return nil }
        self.init(key: file.key) { file.place }
    }

    /// `nil` if it is not there.
    var identity: FileIdentity? { path().flatMap(FileIdentity.init) }
}
