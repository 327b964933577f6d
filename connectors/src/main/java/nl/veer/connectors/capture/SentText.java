package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.connection.ReplicationMessage.Column;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
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

  /** The class of the columns that have a text. */
  private static final Class<?> TEXTUAL = textual();

  /** A constant, which a compiler sees through; looked up for each column it costs a tenth. */
  private static final MethodHandle TEXT = text();

  /** Whether a column of another class of the decoder, one for NULLs, has been met. */
  private static final ClassValue<Boolean> FOR_NULLS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type != TEXTUAL && type.getEnclosingClass() == PgOutputMessageDecoder.class;
        }
      };

  private SentText() {}

  /** The text of a column that is not an unchanged TOASTed one; null for NULL. */
  static @Nullable String of(Column column) {
    if (column.getClass() != TEXTUAL) {
      requireNull(column);
      return null;
    }
    try {
      return (String) TEXT.invokeExact(column);
    } catch (Throwable e) {
      throw unknown(e);
    }
  }

  /** The only other column is that of a NULL, which answers without a connection. */
  private static void requireNull(Column column) {
    if (!FOR_NULLS.get(column.getClass()) || column.getValue(null, true) != null) {
      throw unknown(null);
    }
  }

  private static Class<?> textual() {
    for (Class<?> member : PgOutputMessageDecoder.class.getNestMembers()) {
      if (Column.class.isAssignableFrom(member) && hasText(member)) {
        return member;
      }
    }
    throw unknown(null);
  }

  private static boolean hasText(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (field.getName().equals(CAPTURED)) {
        return true;
      }
    }
    return false;
  }

  private static MethodHandle text() {
    try {
      Field field = TEXTUAL.getDeclaredField(CAPTURED);
      return MethodHandles.privateLookupIn(TEXTUAL, MethodHandles.lookup())
          .unreflectGetter(field)
          .asType(MethodType.methodType(String.class, Column.class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unknown(e);
    }
  }

  private static Failure unknown(@Nullable Throwable cause) {
    return new Failure(
        FailureKind.BUG,
        "DEBEZIUM_COLUMN",
        "This version of Debezium hands columns over in a way that Veer does not know.",
        cause);
  }
}
