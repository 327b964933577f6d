package nl.veer.verifier.verdict;

import nl.veer.connectors.event.Position;

/**
 * A place in the source's order of transactions at which it was read.
 *
 * @param snapshot which transactions are included, in the database's own form; two reads with the
 *     same text have seen the same state
 * @param position the end of its WAL right after the snapshot was taken: what is included lies
 *     before
 */
public record SourceCut(String snapshot, Position position) {}
