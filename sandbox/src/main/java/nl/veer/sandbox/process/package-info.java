/**
 * What every embedded server needs: ports, a locked directory, a child process that never outlives
 * us.
 */
@NullMarked
package nl.veer.sandbox.process;

import org.jspecify.annotations.NullMarked;
