/** The OpenAPI document. */
@NullMarked
package nl.veer.control.dashboard.openapi;

import org.jspecify.annotations.NullMarked;
