package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteStreamWriter;

class PostgresCopyTextTest {
  /** What a value may be made of: one byte, escaped, two, three, and four bytes in two halves. */
  private static final String MIXED = "a\t\\\n\ré€\uD83D\uDEA2";

  private final Copied copied = new Copied();
  private final PostgresCopyText text = new PostgresCopyText(copied);

  @Test
  void escapesAndMarksNulls() throws Exception {
    text.value("x\ty", true);
    text.value(null, false);
    text.value("", false);
    text.endRow();
    text.flush();
    assertThat(copied.text()).isEqualTo("x\\ty\t\\N\t\n");
  }

  @Test
  void writesALargeValueInPiecesAndPartsNoCharacter() throws Exception {
    for (int shift = 0; shift < 4; shift++) {
      String value = "-".repeat(shift) + MIXED.repeat(40_000);
      text.value(value, true);
      text.endRow();
      text.flush();
      assertThat(copied.text())
          .isEqualTo(
              value
                      .replace("\\", "\\\\")
                      .replace("\t", "\\t")
                      .replace("\n", "\\n")
                      .replace("\r", "\\r")
                  + "\n");
      assertThat(copied.largest).isLessThan(160 * 1024);
      copied.bytes.reset();
    }
  }

  /** Keeps what is written. */
  private static final class Copied implements CopyIn {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int largest;

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void writeToCopy(byte[] buffer, int offset, int length) {
      bytes.write(buffer, offset, length);
      largest = Math.max(largest, length);
    }

    @Override
    public void writeToCopy(ByteStreamWriter from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void flushCopy() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long endCopy() {
      return 0;
    }

    @Override
    public int getFieldCount() {
      return 0;
    }

    @Override
    public int getFormat() {
      return 0;
    }

    @Override
    public int getFieldFormat(int field) {
      return 0;
    }

    @Override
    public boolean isActive() {
      return true;
    }

    @Override
    public void cancelCopy() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long getHandledRowCount() {
      return 0;
    }
  }
}
