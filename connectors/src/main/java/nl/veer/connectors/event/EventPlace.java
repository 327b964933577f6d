package nl.veer.connectors.event;

/**
 * Where an event stands in the log's own numbering.
 *
 * @param transaction number of the transaction in the log: 1, 2, 3 … without gaps
 * @param order order within the transaction: BEGIN is 0, its changes are 1 … n, END is n + 1
 */
public record EventPlace(long transaction, long order) {}
