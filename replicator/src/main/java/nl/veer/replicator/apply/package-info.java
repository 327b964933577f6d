/** Complete transactions from the log onto the target, as batches, exactly. */
@NullMarked
package nl.veer.replicator.apply;

import org.jspecify.annotations.NullMarked;
