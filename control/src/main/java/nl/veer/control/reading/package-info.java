/**
 * What a process knows of each wave, looked up every few seconds for all who judge or show it:
 * metrics, health and alerts ask no role and no database themselves.
 */
@NullMarked
package nl.veer.control.reading;

import org.jspecify.annotations.NullMarked;
