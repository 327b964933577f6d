/**
 * The bodies that the dashboard's API answers with, and how they are made of a status. Pure. What
 * is null is not known.
 */
@NullMarked
package nl.veer.control.dashboard.api;

import org.jspecify.annotations.NullMarked;
