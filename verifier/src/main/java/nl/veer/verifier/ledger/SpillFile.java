package nl.veer.verifier.ledger;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import nl.veer.connectors.event.EventPlace;
import org.jspecify.annotations.Nullable;

/**
 * Effects in a file, in the order in which they were written. Written first, then read, any number
 * of times. Gone once it is closed. Owned by one thread.
 */
final class SpillFile implements AutoCloseable {
  private static final int BUFFER = 1 << 14;
  private static final int NO_COLUMNS = -1;

  /** Takes what the file holds. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param generation how often the table had been truncated in the batch before
     */
    void take(int table, int generation, Effect effect);
  }

  private final FileChannel channel;
  private final ShapeNumbers shapes;
  private final DataOutputStream out;
  private long entries;
  private long weight;

  SpillFile(FileChannel channel, ShapeNumbers shapes) {
    this.channel = channel;
    this.shapes = shapes;
    this.out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
  }

  void write(int table, int generation, Effect effect) {
    try {
      out.writeInt(table);
      out.writeInt(generation);
      out.writeLong(effect.key().high());
      out.writeLong(effect.key().low());
      out.writeByte((effect.existed() ? 1 : 0) | (effect.anew() ? 2 : 0));
      out.writeLong(effect.count());
      out.writeUTF(effect.keyText());
      out.writeLong(effect.place().transaction());
      out.writeLong(effect.place().order());
      writeColumns(effect.columns());
      entries++;
      weight += effect.weight();
    } catch (IOException e) {
      throw SpillDirectory.failed(e);
    }
  }

  /** Bytes of memory that all that was written would take, about. */
  long weight() {
    return weight;
  }

  private void writeColumns(@Nullable Columns columns) throws IOException {
    if (columns == null) {
      out.writeInt(NO_COLUMNS);
      return;
    }
    out.writeInt(shapes.number(columns.shape()));
    for (long half : columns.digests()) {
      out.writeLong(half);
    }
    byte[] marks = columns.marks();
    out.writeBoolean(marks != null);
    if (marks != null) {
      out.write(marks);
    }
  }

  void read(Reader reader) {
    try {
      out.flush();
      channel.position(0);
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
      for (long left = entries; left > 0; left--) {
        int table = in.readInt();
        int generation = in.readInt();
        reader.take(table, generation, effect(in));
      }
      channel.position(channel.size());
    } catch (IOException e) {
      throw SpillDirectory.failed(e);
    }
  }

  private Effect effect(DataInputStream in) throws IOException {
    RowKey key = new RowKey(in.readLong(), in.readLong());
    int flags = in.readByte();
    long count = in.readLong();
    String keyText = in.readUTF();
    EventPlace place = new EventPlace(in.readLong(), in.readLong());
    return new Effect(key, (flags & 1) != 0, columns(in), (flags & 2) != 0, count, keyText, place);
  }

  private @Nullable Columns columns(DataInputStream in) throws IOException {
    int number = in.readInt();
    if (number == NO_COLUMNS) {
      return null;
    }
    Shape shape = shapes.shape(number);
    long[] digests = new long[2 * shape.size()];
    for (int i = 0; i < digests.length; i++) {
      digests[i] = in.readLong();
    }
    if (!in.readBoolean()) {
      return new Columns(shape, digests, null);
    }
    byte[] marks = new byte[shape.size()];
    in.readFully(marks);
    return new Columns(shape, digests, marks);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw SpillDirectory.failed(e);
    }
  }
}
