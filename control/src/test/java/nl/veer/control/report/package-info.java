/** The certificate: what it says, and that no byte of it can be changed unseen. */
@NullMarked
package nl.veer.control.report;

import org.jspecify.annotations.NullMarked;
