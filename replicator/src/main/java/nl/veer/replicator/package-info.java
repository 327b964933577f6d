/** The log onto the target, exactly. */
@NullMarked
package nl.veer.replicator;

import org.jspecify.annotations.NullMarked;
