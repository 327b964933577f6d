/**
 * The peer that people would pick instead: Debezium's source and its JDBC sink in a Kafka Connect
 * worker, tuned as well as they can be.
 */
@NullMarked
package nl.veer.benchmarks.connect;

import org.jspecify.annotations.NullMarked;
