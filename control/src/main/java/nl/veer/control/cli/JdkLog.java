package nl.veer.control.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/**
 * The JDK's own logging, by which the PostgreSQL driver and the JDK's HTTP client speak. Unlike
 * what goes to {@link LogFile}, nothing leaves the values out there: when it is turned up, the
 * driver writes every parameter of every statement, and the passwords' exchange. So it is off,
 * whatever {@code java.util.logging.config.file} says; what fails there reaches Veer as an
 * exception.
 */
final class JdkLog {
  private JdkLog() {}

  /** No handler from now on, nor for loggers that are yet to be made. */
  static void silence() {
    try {
      LogManager.getLogManager().readConfiguration(InputStream.nullInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
