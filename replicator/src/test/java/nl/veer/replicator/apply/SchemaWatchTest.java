package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.RegularLook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaWatchTest {
  private static final TableId TABLE = new TableId("public", "t");
  private static final TableId OTHER = new TableId("public", "other");
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Map<TableId, Failure> differences = new HashMap<>();
  private @Nullable Failure sourceIsAway;
  private long nanos;
  private int looks;
  private final SchemaWatch watch =
      new SchemaWatch(
          this::look, new RegularLook<>(this::look, LOOK, () -> nanos, Runnable::run, () -> {}));

  @Test
  void looksOnceForAllNewRowTypesOfOnePoll() {
    watch.polled();
    watch.requireFor(TABLE, true);
    watch.requireFor(OTHER, true);
    assertThat(looks).isEqualTo(1);

    watch.polled();
    watch.requireFor(TABLE, false);
    assertThat(looks).isEqualTo(1);
    watch.requireFor(TABLE, true);
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void noticesAPrecisionThatTheLogDoesNotTell() {
    watch.requireFor(TABLE, true);
    differences.put(TABLE, failure(FailureKind.TARGET_DATA));

    nanos = LOOK.toNanos() + 1;

    assertThatThrownBy(() -> watch.requireFor(TABLE, false)).isInstanceOf(Failure.class);
    watch.requireFor(OTHER, false);
  }

  @Test
  void needsTheSourceOnlyForNewRowTypes() {
    watch.requireFor(TABLE, true);
    sourceIsAway = failure(FailureKind.TRANSIENT);
    nanos = LOOK.toNanos() + 1;

    watch.requireFor(TABLE, false);

    watch.polled();
    assertThatThrownBy(() -> watch.requireFor(OTHER, true)).isSameAs(sourceIsAway);
  }

  @Test
  void looksAlsoWhileNothingComes() {
    watch.polled();
    assertThat(looks).as("it has time").isZero();
    watch.requireFor(TABLE, true);
    differences.put(TABLE, failure(FailureKind.TARGET_DATA));
    nanos += LOOK.toNanos() + 1;

    watch.polled();
    assertThat(looks).isEqualTo(2);

    assertThatThrownBy(() -> watch.requireFor(TABLE, false)).isInstanceOf(Failure.class);
    assertThat(looks).as("the look of late judges it").isEqualTo(2);
  }

  @Test
  void aLookThatFailsWhileNothingComesIsThrownWhereItMatters() {
    watch.requireFor(TABLE, true);
    sourceIsAway = failure(FailureKind.CONFIGURATION);
    nanos += LOOK.toNanos() + 1;

    watch.polled();

    assertThatThrownBy(() -> watch.requireFor(TABLE, false)).isSameAs(sourceIsAway);
  }

  private Map<TableId, Failure> look() {
    looks++;
    if (sourceIsAway != null) {
      throw sourceIsAway;
    }
    return Map.copyOf(differences);
  }

  private static Failure failure(FailureKind kind) {
    return new Failure(kind, "CODE", "message");
  }
}
