import EthCodec
import FoundationEssentials
public import KeeperTransactions

/// A record as the text that stores keep: JSON with sorted keys, so that equal records have equal texts.
public enum RecordText {
    /// - Throws: `StoreError`, for a record that JSON cannot say; there is none.
    public static func text(of record: Record) throws(StoreError) -> String {
        do { return try JournalRecord.json(record).sortedText } catch {
            throw StoreError(.failed, "a record cannot be written as JSON: \(error)")
        }
    }

    /// - Throws: `StoreError` for a text of another form.
    public static func record(of text: String) throws(StoreError) -> Record {
        do { return try JSONDecoder().decode(Record.self, from: Data(text.utf8)) } catch {
            throw StoreError(.damaged, "a record is not of the form that this version writes")
        }
    }
}
