/** What is lost, full, refused or turned back while a wave is under way. */
@NullMarked
package nl.veer.control.shortage;

import org.jspecify.annotations.NullMarked;
