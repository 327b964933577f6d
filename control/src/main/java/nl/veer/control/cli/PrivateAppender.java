package nl.veer.control.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Path;
import nl.veer.sandbox.process.PrivateFiles;

/** A rolling log whose files, the first and every next one, are their owner's alone. */
final class PrivateAppender extends RollingFileAppender<ILoggingEvent> {
  @Override
  public void openFile(String name) throws IOException {
    PrivateFiles.touch(Path.of(name));
    super.openFile(name);
  }
}
