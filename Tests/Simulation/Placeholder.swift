/// Placeholder of the module.
enum Placeholder {}
