/** How far each wave is, read from the systems themselves. */
@NullMarked
package nl.veer.control.status;

import org.jspecify.annotations.NullMarked;
