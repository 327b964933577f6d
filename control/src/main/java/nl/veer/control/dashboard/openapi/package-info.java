/** The OpenAPI document, made from the table of routes and the records that they answer with. */
@NullMarked
package nl.veer.control.dashboard.openapi;

import org.jspecify.annotations.NullMarked;
