package nl.veer.control.mutation;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;

/** A reader of the log that does not say what the log says. Owned by one thread. */
record BentReader(LogReader reader, Bends bends) implements LogReader {

  @Override
  public String logId() {
    return reader.logId();
  }

  @Override
  public long beginOffset() {
    return reader.beginOffset();
  }

  @Override
  public long endOffset() {
    return reader.endOffset();
  }

  @Override
  public boolean isAtEnd() {
    return reader.isAtEnd();
  }

  @Override
  public void seek(long offset) {
    reader.seek(offset);
  }

  @Override
  public List<LoggedEvent> poll(Duration timeout) {
    return reader.poll(timeout).stream().map(this::bent).toList();
  }

  private LoggedEvent bent(LoggedEvent logged) {
    return logged.event() instanceof ChangeEvent change
        ? new LoggedEvent(logged.offset(), logged.bytes(), bends.bent(change))
        : logged;
  }

  @Override
  public void close() {
    reader.close();
  }
}
