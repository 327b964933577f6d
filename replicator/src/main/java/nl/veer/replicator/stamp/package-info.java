/** What the target itself records: the stamp, the epoch and the loads. */
@NullMarked
package nl.veer.replicator.stamp;

import org.jspecify.annotations.NullMarked;
