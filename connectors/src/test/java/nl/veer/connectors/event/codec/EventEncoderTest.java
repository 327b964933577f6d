package nl.veer.connectors.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EventEncoderTest {
  private static final TableId TABLE = new TableId("public", "t");

  private static final SchemaIds IDS =
      new SchemaIds() {
        @Override
        public int idOf(org.apache.avro.Schema schema) {
          return 1;
        }

        @Override
        public org.apache.avro.Schema byId(int id) {
          throw new IllegalStateException();
        }
      };

  private final EventEncoder encoder = new EventEncoder(new WaveId("m", "w"), IDS);

  /** A table that is truncated every second is announced anew as often, for weeks. */
  @Test
  void keepsOnlyTheLastSchemaOfATable() {
    List<WeakReference<Schema>> announced = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      announced.add(new WeakReference<>(encodedWithANewSchema()));
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(announced.stream().filter(one -> one.get() != null).count())
                  .isLessThanOrEqualTo(1);
            });
  }

  private Schema encodedWithANewSchema() {
    RandomRows rows = new RandomRows(List.of(ColumnEncoding.INT32));
    Struct envelope = rows.envelope("c", null, new Struct(rows.value));
    encoder.envelope(envelope, TABLE);
    return envelope.schema();
  }
}
