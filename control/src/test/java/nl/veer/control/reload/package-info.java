/** Tables that are loaded anew while their wave goes on. */
@NullMarked
package nl.veer.control.reload;

import org.jspecify.annotations.NullMarked;
