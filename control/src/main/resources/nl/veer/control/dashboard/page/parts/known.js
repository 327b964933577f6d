// What was answered last, and whether it still says something of now.

import { moment, since } from '../shell/since.js'

/** Beyond it nothing is known of now, unless the server gives a slow reading more. */
const GOOD_MILLIS = 15_000

export class Known {
  body = null
  refused = null
  #heard = null

  /** Takes what a poll brings: an answer, or why there is none. */
  use = (body, refused) => {
    this.refused = refused
    if (body != null) {
      this.body = body
      this.#heard = moment()
    }
  }

  /** Since it was read; null if nothing was. */
  get ageMillis() {
    return this.body == null ? null : (this.body.ageMillis ?? 0) + since(this.#heard)
  }

  get isSilent() {
    const age = this.ageMillis
    return age != null && age > (this.body.goodMillis ?? GOOD_MILLIS)
  }

  /** Whether it is known that there is no such thing. */
  get isMissing() {
    return this.refused?.status === 404
  }
}
