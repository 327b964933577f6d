package nl.veer.sandbox.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where the shop's clients write: a file that says {@code source} or {@code target}, as a proxy's
 * setting or a DNS name does. A client looks with every connection that it opens, and opens a new
 * one when it is refused. The file changes as a whole. Safe for use by several threads.
 */
public final class ShopAddress implements Connecting {
  private static final String SOURCE = "source";
  private static final String TARGET = "target";

  private final Path file;
  private final Connecting source;
  private final Connecting target;

  /**
   * @param file where there is none, the clients write to the source
   */
  public ShopAddress(Path file, Connecting source, Connecting target) {
    this.file = file.toAbsolutePath();
    this.source = source;
    this.target = target;
  }

  @Override
  public Connection connect() throws SQLException {
    return isTarget() ? target.connect() : source.connect();
  }

  public boolean isTarget() {
    try {
      return Files.exists(file) && Files.readString(file).strip().equals(TARGET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever connects from now on is led to this side. */
  public void lead(boolean toTarget) {
    try {
      Path whole = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(whole, toTarget ? TARGET : SOURCE);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as a line for {@code /bin/sh}, for the side that {@code VEER_SIDE} names. */
  public String program() {
    return "printf %s \"$VEER_SIDE\" > "
        + quoted(file + ".new")
        + " && mv -f "
        + quoted(file + ".new")
        + " "
        + quoted(file.toString());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
