extension String {
    /// At most so many characters, the last of them an ellipsis if some are left out.
    func shortened(to length: Int) -> String {
        guard count > length else { return self }
        return prefix(max(0, length - 1)) + "…"
    }
}
