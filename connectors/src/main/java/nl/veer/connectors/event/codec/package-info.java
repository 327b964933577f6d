/** The log's bytes: Debezium's envelope as Avro in the Confluent wire format, written and read. */
@NullMarked
package nl.veer.connectors.event.codec;

import org.jspecify.annotations.NullMarked;
