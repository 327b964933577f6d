/**
 * How a scan asks PostgreSQL: the statements that digest rows inside of the database, and the
 * sessions that they run in. Shares none of this with load and apply.
 */
@NullMarked
package nl.veer.verifier.scan.postgres;

import org.jspecify.annotations.NullMarked;
