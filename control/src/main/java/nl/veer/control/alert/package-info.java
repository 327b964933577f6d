/**
 * Judges each reading by rules, and tells people: by webhook and mail, once when it begins, from
 * time to time while it lasts, and when it is over.
 */
@NullMarked
package nl.veer.control.alert;

import org.jspecify.annotations.NullMarked;
