/** The dashboard's screens, looked at in a real browser. */
@NullMarked
package nl.veer.browser;

import org.jspecify.annotations.NullMarked;
