package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class PostgresFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "08006, TRANSIENT, CONNECTION_LOST",
    "57P01, TRANSIENT, CONNECTION_LOST",
    "40001, TRANSIENT, SERIALIZATION",
    "40P01, TRANSIENT, SERIALIZATION",
    "53100, TRANSIENT, RESOURCES",
    "53300, TRANSIENT, RESOURCES",
    "55P03, TRANSIENT, LOCKED",
    "55006, TRANSIENT, LOCKED",
    "55000, TARGET_DATA, STATEMENT",
    "25006, TRANSIENT, READ_ONLY",
    "28P01, CONFIGURATION, LOGIN_REFUSED",
    "28000, CONFIGURATION, LOGIN_REFUSED",
    "3D000, CONFIGURATION, LOGIN_REFUSED",
    "42501, CONFIGURATION, ACCESS",
    "23505, TARGET_DATA, CONSTRAINT",
    "22001, TARGET_DATA, VALUE",
    "42703, TARGET_DATA, STATEMENT"
  })
  void theStateAloneDecides(String state, FailureKind kind, String code) {
    Failure failure = PostgresFailures.target(new SQLException("broken", state), "an insert");

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).contains("target", "an insert", state);
  }

  @Test
  void anErrorWithoutAStateIsALostConnection() {
    assertThat(PostgresFailures.target(new SQLException("broken pipe"), "a commit").kind())
        .isEqualTo(FailureKind.TRANSIENT);
  }

  @Test
  void dataErrorsNameTheConstraintButNeverAValue() {
    PSQLException error =
        new PSQLException(
            new ServerErrorMessage(
                "SERROR\0C23505\0Mduplicate key (hush)\0DKey (iban)=(hush) already exists.\0"
                    + "tcustomer\0ncustomer_iban_key\0"));

    Failure failure = PostgresFailures.target(error, "an insert into customer");

    assertThat(failure.getMessage())
        .contains("23505", "customer", "customer_iban_key")
        .doesNotContain("hush");
    assertThat(failure.getCause()).isNull();
  }

  @Test
  void passesOnWhatTheServerSaysOnlyWhereItCannotBeAValue() {
    assertThat(said("40001")).doesNotContain("hush").contains("40001");
    assertThat(said("P0001")).doesNotContain("hush");
    assertThat(said("55000")).contains("said (hush)").doesNotContain("detailed");
    assertThat(said("53100")).contains("said (hush)").doesNotContain("detailed");
  }

  private static String said(String state) {
    Failure failure =
        PostgresFailures.target(
            new PSQLException(
                new ServerErrorMessage("SERROR\0C" + state + "\0Msaid (hush)\0Ddetailed\0")),
            "an insert");
    assertThat(failure.getCause()).isNull();
    return String.valueOf(failure.getMessage());
  }

  @Test
  void dataErrorsOfTheSourceAreTheSources() {
    assertThat(PostgresFailures.source(new SQLException("x", "22P02"), "reading").kind())
        .isEqualTo(FailureKind.SOURCE_DATA);
  }
}
