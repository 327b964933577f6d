/**
 * Serves the routes over HTTP: who may come in, which question is asked, and how the answer is
 * written. The one place that knows Jetty.
 */
@NullMarked
package nl.veer.control.dashboard.http;

import org.jspecify.annotations.NullMarked;
