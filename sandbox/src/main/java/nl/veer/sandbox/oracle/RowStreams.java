package nl.veer.sandbox.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Two tables side by side, one row of each in memory at a time. */
final class RowStreams {
  private final CopyOut left;
  private final CopyOut right;
  private long leftRows;
  private long rightRows;

  private RowStreams(CopyOut left, CopyOut right) {
    this.left = left;
    this.right = right;
  }

  static TableJudgement compare(
      Connection left, Connection right, TableShape.Name name, String copyStatement)
      throws SQLException {
    RowStreams streams = new RowStreams(copy(left, copyStatement), copy(right, copyStatement));
    String difference = streams.firstDifference();
    return new TableJudgement(name.toString(), streams.leftRows, streams.rightRows, difference);
  }

  private static CopyOut copy(Connection connection, String statement) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
  }

  private String firstDifference() throws SQLException {
    String difference = "";
    byte[] leftRow = nextLeft();
    byte[] rightRow = nextRight();
    while (leftRow != null || rightRow != null) {
      if (difference.isEmpty() && !Arrays.equals(leftRow, rightRow)) {
        difference = "the sides part at row " + Math.max(leftRows, rightRows) + " in key order";
      }
      leftRow = nextLeft();
      rightRow = nextRight();
    }
    return difference;
  }

  private byte @Nullable [] nextLeft() throws SQLException {
    byte[] row = left.isActive() ? left.readFromCopy() : null;
    leftRows += row == null ? 0 : 1;
    return row;
  }

  private byte @Nullable [] nextRight() throws SQLException {
    byte[] row = right.isActive() ? right.readFromCopy() : null;
    rightRows += row == null ? 0 : 1;
    return row;
  }
}
