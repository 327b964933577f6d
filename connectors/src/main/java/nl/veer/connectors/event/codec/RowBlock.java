package nl.veer.connectors.event.codec;

import java.util.Arrays;

/**
 * Consecutive changes of rows within one transaction, of any of the wave's tables, their images
 * encoded already. Filled by one thread, then handed over to another and not changed any more.
 */
public final class RowBlock {
  /** Itself and its arrays. */
  private static final int OBJECT_BYTES = 160;

  /** A row's layout, kind, position, end, and whether it lacks values. */
  private static final int ROW_BYTES = 21;

  private static final int FIRST_ROWS = 16;

  private final AvroOutput images = new AvroOutput();
  private RowLayout[] layouts = new RowLayout[FIRST_ROWS];
  private RecordKind[] kinds = new RecordKind[FIRST_ROWS];
  private boolean[] absent = new boolean[FIRST_ROWS];
  private long[] lsns = new long[FIRST_ROWS];
  private int[] ends = new int[FIRST_ROWS];
  private int rows;

  /** There is no image where the next one would stand. */
  public void noImage() {
    images.writeByte(0);
  }

  /** Takes the next image: a row has two, that before the change and that after it. */
  public void image(RowLayout layout, RowLayout.Values values) {
    images.writeByte(2);
    layout.write(values, images);
  }

  /**
   * Ends the row whose two images were taken last.
   *
   * @param lsn of the change
   * @param lacksValues whether the placeholder stands in it
   */
  public void end(RowLayout layout, RecordKind kind, long lsn, boolean lacksValues) {
    if (rows == ends.length) {
      grow(rows * 2);
    }
    layouts[rows] = layout;
    kinds[rows] = kind;
    absent[rows] = lacksValues;
    lsns[rows] = lsn;
    ends[rows] = images.length();
    rows++;
  }

  private void grow(int capacity) {
    layouts = Arrays.copyOf(layouts, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
    absent = Arrays.copyOf(absent, capacity);
    lsns = Arrays.copyOf(lsns, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }

  public int rows() {
    return rows;
  }

  /** Of all images. */
  public int imageBytes() {
    return images.length();
  }

  /** What it takes of the heap, nearly; the same from its last row on. */
  public int heapBytes() {
    return OBJECT_BYTES + images.capacity() + ends.length * ROW_BYTES;
  }

  public RowLayout layout(int row) {
    return layouts[row];
  }

  public RecordKind kind(int row) {
    return kinds[row];
  }

  public boolean lacksValues(int row) {
    return absent[row];
  }

  public long lsn(int row) {
    return lsns[row];
  }

  int imageBytes(int row) {
    return ends[row] - begin(row);
  }

  void copyImages(int row, byte[] into, int at) {
    images.copy(begin(row), ends[row], into, at);
  }

  private int begin(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }
}
