/** What is known to differ in a wave, who made it, and its repair, put together for commands. */
@NullMarked
package nl.veer.control.mending;

import org.jspecify.annotations.NullMarked;
