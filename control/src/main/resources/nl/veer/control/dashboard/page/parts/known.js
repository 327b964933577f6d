// What was answered last, and whether it still says something of now.

/** The same bound as the server's: beyond it nothing is known of now. */
const SILENT_MILLIS = 15_000

export class Known {
  body = null
  refused = null
  #heard = 0

  /** Takes what a poll brings: an answer, or why there is none. */
  use = (body, refused) => {
    this.refused = refused
    if (body != null) {
      this.body = body
      this.#heard = performance.now()
    }
  }

  /** Since it was read; null if nothing was. */
  get ageMillis() {
    return this.body == null ? null : (this.body.ageMillis ?? 0) + performance.now() - this.#heard
  }

  get isSilent() {
    const age = this.ageMillis
    return age != null && age > SILENT_MILLIS
  }

  /** Whether it is known that there is no such thing. */
  get isMissing() {
    return this.refused?.status === 404
  }
}
