// The last answer to a question that is asked again and again.

/** What is older says nothing of now. */
const STALE_MILLIS = 60_000

export class Answer {
  #body = null
  #heard = 0

  /** Why the last question was not answered; null if it was. */
  refused = null

  take = (body, refused) => {
    this.refused = refused
    if (body == null) return
    this.#body = body
    this.#heard = performance.now()
  }

  /** Null before the first one, and if that is too old. */
  get body() {
    const age = this.ageMillis
    return age != null && age > STALE_MILLIS ? null : this.#body
  }

  /** Since what it tells was so; null before the first one, and if that tells of no time. */
  get ageMillis() {
    if (this.#body == null) return null
    const before = 'ageMillis' in this.#body ? this.#body.ageMillis : 0
    return before == null ? null : before + performance.now() - this.#heard
  }
}
