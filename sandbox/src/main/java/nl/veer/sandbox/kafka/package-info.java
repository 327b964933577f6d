/** One Kafka broker, in this JVM or in one of its own. */
@NullMarked
package nl.veer.sandbox.kafka;

import org.jspecify.annotations.NullMarked;
