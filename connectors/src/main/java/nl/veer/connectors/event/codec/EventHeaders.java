package nl.veer.connectors.event.codec;

import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Position;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of one record say of its event, gone through once, for millions of them are. Of
 * a header that is there twice, or has no value, nothing can be trusted.
 *
 * @see LogHeaders
 */
final class EventHeaders {
  private byte @Nullable [] kind;
  private byte @Nullable [] transaction;
  private byte @Nullable [] order;
  private byte @Nullable [] position;
  private byte @Nullable [] absent;
  private byte @Nullable [] schema;

  EventHeaders(Headers headers) {
    for (Header header : headers) {
      String key = header.key();
      switch (key) {
        case LogHeaders.KIND -> kind = only(key, kind, header);
        case LogHeaders.TRANSACTION -> transaction = only(key, transaction, header);
        case LogHeaders.ORDER -> order = only(key, order, header);
        case LogHeaders.POSITION -> position = only(key, position, header);
        case LogHeaders.ABSENT -> absent = only(key, absent, header);
        case LogHeaders.SCHEMA -> schema = only(key, schema, header);
        default -> {}
      }
    }
  }

  static byte[] only(String key, byte @Nullable [] before, Header header) {
    if (before != null) {
      throw new AvroInput.Corrupt("the header " + key + " twice");
    }
    byte[] value = header.value();
    if (value == null) {
      throw new AvroInput.Corrupt("a header " + key + " without a value");
    }
    return value;
  }

  private static byte[] required(String key, byte @Nullable [] value) {
    if (value == null) {
      throw new AvroInput.Corrupt("no header " + key);
    }
    return value;
  }

  RecordKind kind() {
    return LogHeaders.kind(required(LogHeaders.KIND, kind));
  }

  EventPlace place() {
    return new EventPlace(
        LogHeaders.int64(LogHeaders.TRANSACTION, required(LogHeaders.TRANSACTION, transaction)),
        LogHeaders.int64(LogHeaders.ORDER, required(LogHeaders.ORDER, order)));
  }

  Position position() {
    if (position == null) {
      throw new AvroInput.Corrupt("an END without its position");
    }
    return LogHeaders.position(position);
  }

  byte @Nullable [] absent() {
    return absent;
  }

  byte[] schema() {
    return required(LogHeaders.SCHEMA, schema);
  }
}
