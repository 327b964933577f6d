package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;

class PostgresSnapshotTest {
  private static final long EPOCH = 1L << 32;

  @Test
  void includesWhatWasVisible() {
    PostgresSnapshot snapshot = snapshot("100:110:103,105");

    assertThat(snapshot.includes("99")).isTrue();
    assertThat(snapshot.includes("102")).isTrue();
    assertThat(snapshot.includes("103")).isFalse();
    assertThat(snapshot.includes("104")).isTrue();
    assertThat(snapshot.includes("105")).isFalse();
    assertThat(snapshot.includes("109")).isTrue();
    assertThat(snapshot.includes("110")).isFalse();
    assertThat(snapshot.includes("111")).isFalse();
  }

  @Test
  void refusesWhatIsNoTransactionId() {
    assertThatThrownBy(() -> snapshot("100:110:").includes("7x"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("RECORD_CORRUPT"));
  }

  @Test
  void knowsIdsBeforeTheirWraparoundFromAfterIt() {
    PostgresSnapshot snapshot =
        snapshot((EPOCH - 2) + ":" + (EPOCH + 5) + ":" + (EPOCH - 1) + "," + (EPOCH + 4));

    assertThat(snapshot.includes("4294967293")).isTrue();
    assertThat(snapshot.includes("4294967294")).isTrue();
    assertThat(snapshot.includes("4294967295")).isFalse();
    assertThat(snapshot.includes("3")).isTrue();
    assertThat(snapshot.includes("4")).isFalse();
    assertThat(snapshot.includes("5")).isFalse();
  }

  @Test
  void knowsIdsAfterTheirWraparoundFromBeforeIt() {
    PostgresSnapshot snapshot = snapshot((3 * EPOCH - 10) + ":" + (3 * EPOCH - 5) + ":");

    assertThat(snapshot.includes("4294967290")).isTrue();
    assertThat(snapshot.includes("4294967291")).isFalse();
    assertThat(snapshot.includes("7")).isFalse();
  }

  @Test
  void takesIdsInTheUpperHalfAsUnsigned() {
    PostgresSnapshot snapshot = snapshot("2147483700:2147483710:");

    assertThat(snapshot.includes("2147483600")).isTrue();
    assertThat(snapshot.includes("2147483709")).isTrue();
    assertThat(snapshot.includes("2147483711")).isFalse();
    assertThat(snapshot.includes("3000000000")).isFalse();
  }

  @Test
  void reachesOnlyALogWhoseIdsCannotRepeat() {
    PostgresSnapshot snapshot = snapshot("5000000000:5000000000:");

    assertThat(snapshot.reaches("5000000000")).isTrue();
    assertThat(snapshot.reaches(Long.toString(5_000_000_000L - (1L << 30) + 1))).isTrue();
    assertThat(snapshot.reaches(Long.toString(5_000_000_000L - (1L << 30)))).isFalse();
  }

  @Test
  void isReadAsItIsRecorded() {
    assertThat(snapshot("100:110:103,105").text()).isEqualTo("100:110:103,105");
    assertThat(snapshot("100:110:").text()).isEqualTo("100:110:");
  }

  @Test
  void refusesWhatIsNotASnapshot() {
    assertThatThrownBy(() -> snapshot("100:110")).isInstanceOf(IllegalArgumentException.class);
  }

  private static PostgresSnapshot snapshot(String text) {
    return PostgresSnapshot.parse(text, new LsnPosition(1));
  }
}
