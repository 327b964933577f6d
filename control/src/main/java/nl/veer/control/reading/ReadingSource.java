package nl.veer.control.reading;

/** Where readings come from. Owned by the thread that reads. */
public interface ReadingSource extends AutoCloseable {

  /** What is known now. May take some seconds where a database does not answer. */
  MigrationReading read();

  @Override
  void close();
}
