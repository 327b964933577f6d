/** One Kafka broker in this JVM. */
@NullMarked
package nl.veer.sandbox.kafka;

import org.jspecify.annotations.NullMarked;
