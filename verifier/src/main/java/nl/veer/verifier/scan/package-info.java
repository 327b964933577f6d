/**
 * Table against table: chunks of each are digested inside both databases, and where digests differ
 * the rows are looked at, until what was only in motion is told from what differs.
 */
@NullMarked
package nl.veer.verifier.scan;

import org.jspecify.annotations.NullMarked;
