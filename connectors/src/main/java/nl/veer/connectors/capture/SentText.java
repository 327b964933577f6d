package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.connection.ReplicationMessage.Column;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Takes the text that the server sent out of Debezium's column. Debezium 3.6 keeps it in a variable
 * that an anonymous class of {@code PgOutputMessageDecoder} has captured, and offers only the value
 * it has read from it. {@code CaptureIT} fails when a new version keeps it elsewhere; a value is
 * never guessed.
 */
final class SentText {
  private static final String CAPTURED = "val$valueStr";

  private static final ClassValue<Optional<VarHandle>> HANDLES =
      new ClassValue<>() {
        @Override
        protected Optional<VarHandle> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private SentText() {}

  /** The text of a column that is not an unchanged TOASTed one; null for NULL. */
  static @Nullable String of(Column column) {
    Optional<VarHandle> handle = HANDLES.get(column.getClass());
    if (handle.isPresent()) {
      return (String) handle.get().get(column);
    }
    requireNull(column);
    return null;
  }

  /** The only other column is that of a NULL, which answers without a connection. */
  private static void requireNull(Column column) {
    if (column.getClass().getEnclosingClass() != PgOutputMessageDecoder.class
        || column.getValue(null, true) != null) {
      throw new Failure(
          FailureKind.BUG,
          "DEBEZIUM_COLUMN",
          "This version of Debezium hands columns over in a way that Veer does not know.");
    }
  }

  private static Optional<VarHandle> find(Class<?> type) {
    try {
      Field field = type.getDeclaredField(CAPTURED);
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      return Optional.of(lookup.unreflectVarHandle(field));
    } catch (NoSuchFieldException e) {
      return Optional.empty();
    } catch (IllegalAccessException e) {
      throw new Failure(
          FailureKind.BUG, "DEBEZIUM_COLUMN", "Debezium's columns cannot be read.", e);
    }
  }
}
