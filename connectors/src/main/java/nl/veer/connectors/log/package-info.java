/**
 * The wave's Kafka topic: its settings, its writer, its reader and the numbering found at its tail.
 */
@NullMarked
package nl.veer.connectors.log;

import org.jspecify.annotations.NullMarked;
