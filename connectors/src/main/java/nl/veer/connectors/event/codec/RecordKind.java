package nl.veer.connectors.event.codec;

/** What a record of the log is, as its header {@code veer.kind} says in one ASCII character. */
public enum RecordKind {
  BEGIN('B'),
  END('E'),
  INSERT('I'),
  UPDATE('U'),
  DELETE('D'),
  TRUNCATE('T'),
  MARKER('M'),
  HEARTBEAT('H'),
  /**
   * Where the log comes from. Belongs to no transaction; stands in front of the first one and is no
   * event for readers.
   */
  ORIGIN('O');

  private static final RecordKind[] ALL = values();

  private final byte code;

  RecordKind(char code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static RecordKind of(byte code) {
    for (RecordKind kind : ALL) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new AvroInput.Corrupt("an unknown kind of record");
  }
}
