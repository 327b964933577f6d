/** Source changes into the log: Debezium's engine, the numbering, heartbeats, and recovery. */
@NullMarked
package nl.veer.connectors.capture;

import org.jspecify.annotations.NullMarked;
