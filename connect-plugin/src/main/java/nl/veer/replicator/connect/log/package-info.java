/**
 * Veer's logging into a worker's own: the two speak different versions of SLF4J, so the plug-in
 * brings Veer's under another name.
 */
@NullMarked
package nl.veer.replicator.connect.log;

import org.jspecify.annotations.NullMarked;
