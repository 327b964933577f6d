// Entries of the audit log: the newest are asked for again and again, older ones when wanted.

import { get } from '../shell/api.js'
import { Known } from './known.js'

const PAGE = 50
const EVERY_MILLIS = 5_000

/** So many are kept at most: the page does not grow for hours. */
const MOST = 2_000

export class Audit {
  known = new Known()
  #entries = []
  #begin = false
  #context
  #asking = false

  constructor(context) {
    this.#context = context
    context.poll('/audit', { limit: PAGE }, EVERY_MILLIS, (body, refused) => {
      this.known.use(body, refused)
      if (body != null) this.#take(body)
    })
  }

  /** The last one first. */
  get entries() {
    return this.#entries
  }

  /** Whether there may be older ones. */
  get hasMore() {
    return !this.#begin && this.#entries.length > 0 && !this.isFull
  }

  get isFull() {
    return this.#entries.length >= MOST
  }

  /** Those that came since, in front; where they do not reach what is here, that is let go. */
  #take(body) {
    const news = body.entries
    const last = news.at(-1)
    const older = this.#entries.filter((one) => last != null && one.number < last.number)
    const joins = older.length > 0 && older[0].number === last.number - 1
    this.#entries = joins ? [...news, ...older].slice(0, MOST) : news
    if (!joins) this.#begin = body.next == null
  }

  more = async () => {
    if (this.#asking || !this.hasMore) return
    this.#asking = true
    try {
      const before = this.#entries.at(-1).number
      const body = await get('/audit', { before, limit: PAGE })
      if (!this.#context.isEnded && this.#entries.at(-1).number === before) {
        this.#entries = [...this.#entries, ...body.entries]
        this.#begin = body.next == null
      }
    } catch (refused) {
      this.known.use(null, refused)
    }
    this.#asking = false
    this.#context.redraw()
  }
}
