/** The replicator as a sink of a Kafka Connect cluster: a wave is a connector with one task. */
@NullMarked
package nl.veer.replicator.connect;

import org.jspecify.annotations.NullMarked;
