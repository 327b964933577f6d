package nl.veer.connectors.log;

/**
 * What a log's topic is created with. Retention is unlimited.
 *
 * @param replicationFactor copies of the log, 1 to the number of brokers
 * @param minInsyncReplicas copies that must hold a record before it counts as written
 */
public record TopicConfig(int replicationFactor, int minInsyncReplicas) {}
