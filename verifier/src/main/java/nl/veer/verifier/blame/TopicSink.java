package nl.veer.verifier.blame;

import nl.veer.connectors.event.LogEvent;

/** Takes a topic's events, one after the other. Owned by one thread. */
interface TopicSink {
  void read(LogEvent event);
}
