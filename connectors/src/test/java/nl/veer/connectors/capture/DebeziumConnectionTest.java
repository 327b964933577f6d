package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;

class DebeziumConnectionTest {
  private static final int RECORD = 64 << 20;

  @Test
  void leavesTimeForTheLargestRowOnASlowLink() {
    assertThat(
            DebeziumConnection.settings(endpoint("shop"), Map.of(), RECORD)
                .getProperty("driver.options"))
        .contains("wal_sender_timeout=92000 ");
  }

  @Test
  void readsTheDatabasesNameAsTheDriverDoes() {
    assertThat(DebeziumConnection.settings(endpoint("it%27s%20%22A%22%3B%20%5C"), Map.of(), RECORD))
        .containsEntry("database.dbname", "it's \"A\"; \\");
  }

  @Test
  void refusesADatabaseThatDebeziumWouldTakeForAnother() {
    for (String name :
        new String[] {"a%2Fb", "a%2Bb", "a%3Fb", "a%25b", "a%2520b", "a%24%7Bport%7D"}) {
      assertThatThrownBy(() -> DebeziumConnection.settings(endpoint(name), Map.of(), RECORD))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("SOURCE_URL"));
    }
  }

  @Test
  void refusesAUserWhoseNameWouldEndDebeziumsStatement() {
    for (String user : new String[] {"it's", "a\\"}) {
      DatabaseEndpoint endpoint =
          new DatabaseEndpoint(
              "jdbc:postgresql://127.0.0.1:1/shop", user, new Secret(""), Map.of());
      assertThatThrownBy(() -> DebeziumConnection.settings(endpoint, Map.of(), RECORD))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("SOURCE_URL"));
    }
  }

  /** The server's configuration, the database, the role and the URL may all say otherwise. */
  @Test
  void saysLastWhatFormTheServerGivesValues() {
    DatabaseEndpoint endpoint = endpoint("shop?options=-c%20extra_float_digits=-15");
    for (String name : new String[] {"database.options", "driver.options"}) {
      assertThat(
              DebeziumConnection.settings(endpoint, Map.of(), RECORD)
                  .getProperty(name)
                  .split(" ?-c "))
          .containsSubsequence("extra_float_digits=-15", "extra_float_digits=3")
          .contains("bytea_output=hex", "IntervalStyle=postgres", "lc_monetary=C");
    }
  }

  private static DatabaseEndpoint endpoint(String database) {
    return new DatabaseEndpoint(
        "jdbc:postgresql://127.0.0.1:1/" + database, "veer", new Secret(""), Map.of());
  }
}
