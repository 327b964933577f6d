package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.event.WaveId;
import org.junit.jupiter.api.Test;

class ReplicatorTest {
  private static final DatabaseEndpoint NOWHERE =
      new DatabaseEndpoint("jdbc:postgresql://none/none", "none", new Secret(""), Map.of());

  @Test
  void showsThatItFailedAlsoWhenMemoryRunsOut() {
    Replicator replicator =
        new Replicator(
            new ReplicatorConfig(
                new WaveId("shop", "main"), List.of(), 1, false, 1, 1, Duration.ZERO),
            new SourceConnections(NOWHERE),
            new TargetConnections(NOWHERE),
            new MemoryLog()::reader,
            outOfMemory(),
            Rhythm.standard());

    assertThatThrownBy(replicator::run).isInstanceOf(OutOfMemoryError.class);

    assertThat(replicator.status().state()).isEqualTo(ReplicatorStatus.State.FAILED);
    assertThat(replicator.status().failure()).isNotNull();
  }

  private static TargetDialect outOfMemory() {
    return TargetDialect.class.cast(
        Proxy.newProxyInstance(
            TargetDialect.class.getClassLoader(),
            new Class<?>[] {TargetDialect.class},
            (self, method, arguments) -> {
              throw new OutOfMemoryError("test");
            }));
  }
}
