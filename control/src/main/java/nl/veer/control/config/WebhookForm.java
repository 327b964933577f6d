package nl.veer.control.config;

/** What is posted to a webhook. */
public enum WebhookForm {
  /** Veer's own: one object with a field for each thing that is said. */
  JSON,
  /** {@code {"text": …}}, as Slack and Mattermost take it. */
  SLACK
}
