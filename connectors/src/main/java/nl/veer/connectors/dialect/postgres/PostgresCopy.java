package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One insert of many rows with COPY: binary from the first row on as long as every value has a
 * {@link BinaryForm}, and the rest as text. Owned by one thread.
 */
final class PostgresCopy {
  /** One message to the server; large enough that its overhead does not show. */
  private static final int CHUNK = 64 * 1024;

  /** A larger row goes as text, which is written piece by piece. */
  private static final long LARGE_ROW_CHARACTERS = 1 << 20;

  /** With flags and the length of the header's extension, both nothing. */
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private final Connection connection;
  private final TargetTable table;
  private final BitSet columns;
  private final List<RowText> rows;
  private int next;

  PostgresCopy(Connection connection, TargetTable table, BitSet columns, List<RowText> rows) {
    this.connection = connection;
    this.table = table;
    this.columns = columns;
    this.rows = rows;
  }

  /** Writes all of them; answers how many the server counts. */
  long run() throws SQLException {
    long copied = 0;
    BinaryForm[] forms = forms();
    if (forms != null) {
      copied += copy(PostgresApplyStatements.copyBinary(table, columns), to -> binary(forms, to));
    }
    if (next < rows.size()) {
      copied += copy(PostgresApplyStatements.copy(table, columns), this::text);
    }
    return copied;
  }

  private interface Body {
    void write(CopyIn copy) throws SQLException;
  }

  private long copy(String sql, Body body) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      body.write(copy);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Per column; null if there are any that always go as text. */
  private BinaryForm @Nullable [] forms() {
    BinaryForm[] forms = new BinaryForm[table.columns().size()];
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      BinaryForm form = BinaryForm.of(table.columns().get(c).type());
      if (form == null) {
        return null;
      }
      forms[c] = form;
    }
    return forms;
  }

  private void binary(BinaryForm[] forms, CopyIn copy) throws SQLException {
    BinaryBuffer out = new BinaryBuffer(2 * CHUNK);
    out.putBytes(HEADER);
    int count = columns.cardinality();
    for (; next < rows.size() && put(rows.get(next), count, forms, out); next++) {
      if (out.length() >= CHUNK) {
        copy.writeToCopy(out.bytes(), 0, out.length());
        out.cut(0);
      }
    }
    out.putShort(-1);
    copy.writeToCopy(out.bytes(), 0, out.length());
  }

  /** All of the row, or nothing of it. */
  private boolean put(RowText row, int count, BinaryForm[] forms, BinaryBuffer out) {
    if (row.size() > LARGE_ROW_CHARACTERS) {
      return false;
    }
    int before = out.length();
    out.putShort(count);
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      String text = row.text(c);
      if (text == null) {
        out.putInt(-1);
      } else if (!forms[c].write(text, out)) {
        out.cut(before);
        return false;
      }
    }
    return true;
  }

  private void text(CopyIn copy) throws SQLException {
    PostgresCopyText text = new PostgresCopyText(copy);
    int first = columns.nextSetBit(0);
    for (; next < rows.size(); next++) {
      RowText row = rows.get(next);
      for (int c = first; c >= 0; c = columns.nextSetBit(c + 1)) {
        text.value(row.text(c), c == first);
      }
      text.endRow();
    }
    text.flush();
  }
}
