/** The initial bulk copy of a wave's tables, each with its boundary. */
@NullMarked
package nl.veer.replicator.load;

import org.jspecify.annotations.NullMarked;
