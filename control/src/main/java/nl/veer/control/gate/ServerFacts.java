package nl.veer.control.gate;

import nl.veer.connectors.dialect.postgres.PostgresSurroundings;

/** What applications find around the tables of both sides. */
record ServerFacts(PostgresSurroundings active, PostgresSurroundings passive) {}
