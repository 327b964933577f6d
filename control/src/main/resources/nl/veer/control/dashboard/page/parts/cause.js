// The rows of one cause, asked for while it is open.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { get } from '../shell/api.js'
import { speak } from '../shell/words.js'
import { Known } from './known.js'
import { differenceRows, findingRows, refusal } from './records.js'
import words from '../words/differences.js'

const t = speak(words)

const PAGE = 50
const EVERY_MILLIS = 5_000

/** So many rows are kept at most: the page does not grow for hours. */
const MOST = 500

export class CauseRows {
  #context
  #cause
  #query
  #known = new Known()
  #further = []
  #next = null
  #timer = 0
  #ended = new AbortController()

  constructor(context, cause, closed) {
    this.#context = context
    this.#cause = cause
    this.#query = {
      wave: cause.wave,
      table: cause.table || null,
      kind: cause.kind,
      column: cause.column,
      closed: closed || null,
      limit: PAGE,
    }
    this.#again()
  }

  get #address() {
    return this.#cause.foundBy === 'LEDGER' ? '/incidents' : '/differences'
  }

  async #again() {
    if (!document.hidden) {
      try {
        this.#known.use(await get(this.#address, this.#query, this.#ended.signal), null)
        if (this.#further.length === 0) this.#next = this.#known.body.waves[0]?.next ?? null
      } catch (refused) {
        this.#known.use(null, refused)
      }
      this.#context.redraw()
    }
    if (!this.#ended.signal.aborted) this.#timer = setTimeout(() => this.#again(), EVERY_MILLIS)
  }

  #more = async () => {
    try {
      const body = await get(this.#address, { ...this.#query, after: this.#next }, this.#ended.signal)
      this.#further.push(...this.#lines(body))
      this.#next = body.waves[0]?.next ?? null
    } catch (refused) {
      this.#known.use(null, refused)
    }
    this.#context.redraw()
  }

  /** Those of just this cause: one without columns cannot be asked for by them. */
  #lines(body) {
    const wave = body?.waves[0]
    const lines = wave?.differences ?? wave?.findings ?? []
    return this.#cause.column == null ? lines.filter((one) => one.columns.length === 0) : lines
  }

  view() {
    if (this.#known.body == null) return this.#known.refused ? refusal(this.#known) : html`<p class="soft">${t('asking')}</p>`
    const lines = [...this.#lines(this.#known.body), ...this.#further]
    if (lines.length === 0) return html`<p class="soft">${t('rows.none')}</p>`
    const { wave } = this.#cause
    return html`
      ${this.#cause.foundBy === 'LEDGER' ? findingRows(wave, lines) : differenceRows(wave, lines, { kind: false })}
      ${this.#next == null ? nothing : lines.length >= MOST ? html`<p class="soft">${t('rows.most', { n: MOST })}</p>`
        : html`<p class="more"><button type="button" @click=${this.#more}>${t('rows.more')}</button></p>`}`
  }

  end() {
    this.#ended.abort()
    clearTimeout(this.#timer)
  }
}
