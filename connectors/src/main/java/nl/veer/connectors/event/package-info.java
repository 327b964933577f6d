/**
 * What the log says, as values: transactions, row changes, truncations, markers and heartbeats,
 * each with its place in the log's numbering.
 */
@NullMarked
package nl.veer.connectors.event;

import org.jspecify.annotations.NullMarked;
