// The last answer to a question that is asked again and again.

import { moment, since } from './since.js'

/** What is older says nothing of now. */
const STALE_MILLIS = 60_000

/** What goes on is asked for every second or two: if that is older, nobody knows whether it still does. */
const UNSURE_MILLIS = 15_000

export class Answer {
  #body = null
  #heard = null

  /** Why the last question was not answered; null if it was. */
  refused = null

  take = (body, refused) => {
    this.refused = refused
    if (body == null) return
    this.#body = body
    this.#heard = moment()
  }

  /** Null before the first one, and if that is too old. */
  get body() {
    return this.isStale ? null : this.#body
  }

  /** However old it is: to be shown with its age only. */
  get last() {
    return this.#body
  }

  get isStale() {
    return this.ageMillis > STALE_MILLIS
  }

  /** Whether what it tells to be going on may have ended since. */
  get isUnsure() {
    return this.ageMillis > UNSURE_MILLIS
  }

  /** Since what it tells was so; null before the first one, and if that tells of no time. */
  get ageMillis() {
    if (this.#body == null) return null
    const before = 'ageMillis' in this.#body ? this.#body.ageMillis : 0
    return before == null ? null : before + since(this.#heard)
  }
}
