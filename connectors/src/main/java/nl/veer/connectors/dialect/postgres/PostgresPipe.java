package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import nl.veer.connectors.dialect.SourceSnapshot.Copied;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Carries the bytes of one COPY into another, unread. PostgreSQL sends a message per row; they are
 * gathered into larger ones. Owned by one thread; while it writes, the network's buffers fill with
 * what the source sends next.
 */
final class PostgresPipe {
  private static final int CHUNK = 128 * 1024;

  private final Connection source;
  private final Connection target;
  private final ObjLongConsumer<TableId> copied;
  private final byte[] buffer = new byte[CHUNK];
  private int length;

  /** Of the copy under way. */
  private long volume;

  PostgresPipe(Connection source, Connection target, ObjLongConsumer<TableId> copied) {
    this.source = source;
    this.target = target;
    this.copied = copied;
  }

  /** What is read, and where it is written. */
  record Copy(TableId table, String select, String into) {}

  /** Reads in a transaction of its own that sees the snapshot. */
  List<Copied> copyAll(String snapshot, List<Copy> copies) {
    TableId first = copies.get(0).table();
    reading(
        first,
        () ->
            execute(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '"
                    + snapshot
                    + "'; SAVEPOINT begun"));
    List<Copied> done = new ArrayList<>();
    for (Copy copy : copies) {
      done.add(copy(copy));
      // Whoever would change this table must not wait until the others are copied.
      reading(copy.table(), () -> execute("ROLLBACK TO SAVEPOINT begun"));
    }
    reading(first, () -> execute("COMMIT"));
    return done;
  }

  private Copied copy(Copy copy) {
    TableId table = copy.table();
    volume = 0;
    CopyOut out = reading(table, () -> api(source).copyOut(copy.select()));
    try {
      CopyIn in = writing(table, () -> api(target).copyIn(copy.into()));
      long written = pump(out, in, table);
      long read = out.getHandledRowCount();
      if (read != written) {
        throw new Failure(
            FailureKind.TARGET_DATA,
            "ROW_COUNT",
            "The source gave %d rows of %s, the target took %d. Is there a trigger or a rule that"
                    .formatted(read, table, written)
                + " fires always? Remove it from the target's table.");
      }
      return new Copied(table, read, volume);
    } finally {
      endReading(out);
    }
  }

  private long pump(CopyOut out, CopyIn in, TableId table) {
    try {
      for (byte[] row = next(out, table); row.length > 0; row = next(out, table)) {
        if (row.length > CHUNK - length) {
          flush(in, table);
        }
        if (row.length > CHUNK) {
          byte[] large = row;
          write(in, large, large.length, table);
        } else {
          System.arraycopy(row, 0, buffer, length, row.length);
          length += row.length;
        }
      }
      flush(in, table);
      return writing(table, in::endCopy);
    } finally {
      cancel(in);
    }
  }

  /** Empty at the end. */
  private byte[] next(CopyOut out, TableId table) {
    return reading(
        table,
        () -> {
          byte[] row = out.readFromCopy();
          return row == null ? new byte[0] : row;
        });
  }

  private void flush(CopyIn in, TableId table) {
    if (length > 0) {
      write(in, buffer, length, table);
      length = 0;
    }
  }

  private void write(CopyIn in, byte[] bytes, int count, TableId table) {
    writing(
        table,
        () -> {
          in.writeToCopy(bytes, 0, count);
          return true;
        });
    volume += count;
    copied.accept(table, count);
  }

  /** A COPY that is not at its end must not be waited for: the rest may be terabytes. */
  private void endReading(CopyOut out) {
    try {
      if (out.isActive()) {
        out.cancelCopy();
        execute("ROLLBACK");
      }
    } catch (SQLException e) {
      // The load gives up this connection after any failure; the first one is the one to tell.
      return;
    }
  }

  private static void cancel(CopyIn in) {
    try {
      if (in.isActive()) {
        in.cancelCopy();
      }
    } catch (SQLException e) {
      // As above.
      return;
    }
  }

  private boolean execute(String sql) throws SQLException {
    try (Statement statement = source.createStatement()) {
      return statement.execute(sql);
    }
  }

  private static org.postgresql.copy.CopyManager api(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private static <T> T reading(TableId table, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "reading " + table);
    }
  }

  private static <T> T writing(TableId table, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "loading " + table);
    }
  }
}
