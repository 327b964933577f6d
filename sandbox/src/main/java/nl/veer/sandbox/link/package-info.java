/** TCP links between parts of a world that fail on demand. */
@NullMarked
package nl.veer.sandbox.link;

import org.jspecify.annotations.NullMarked;
