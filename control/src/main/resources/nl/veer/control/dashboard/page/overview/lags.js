// Both lags of a wave on one time axis. The scale is logarithmic, for one is milliseconds while
// the other is minutes; what is not known is a gap.

import uPlot from '/assets/lib/uplot/uPlot.esm.js'
import { html } from '/assets/lib/lit-html/lit-html.js'
import { ref } from '/assets/lib/lit-html/directives/ref.js'
import { format, language, now, speak } from '../shell/words.js'
import words from '../words/overview.js'

const t = speak(words)

const SPANS = { hour: { minutes: 60, points: 360, every: 10_000 }, day: { minutes: 1440, points: 600, every: 60_000 } }

/** Lines of the scale, in milliseconds, that people have words for. */
const LINES = [1, 10, 100, 1e3, 1e4, 6e4, 6e5, 3.6e6, 3.6e7, 8.64e7, 8.64e8]
const LEAST_TOP = 1e4
const LEAST_HEIGHT = 200

/** The shortest time that is shown, in seconds. */
const LEAST_SPAN = 300

const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

export class Lags {
  #context
  #waveName
  #wanted = null
  #span
  #body = null
  #refused = null
  #at = null
  #plot = null
  #sizes = new ResizeObserver((entries) => this.#resize(entries))
  #ask

  /**
   * @param waveName tells which wave it is about, each time that it is asked; null for none
   */
  constructor(context, waveName) {
    this.#context = context
    this.#waveName = waveName
    this.#span = context.query.get('lags') === 'day' ? 'day' : 'hour'
    this.#ask = context.poll(
      '/history',
      () => {
        this.#wanted = waveName()
        const { minutes, points } = SPANS[this.#span]
        return this.#wanted && { wave: this.#wanted, minutes, points }
      },
      () => SPANS[this.#span].every,
      (body, refused) => this.#take(body, refused),
    )
    const repaint = () => this.#plot?.redraw(false)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    window.addEventListener('veer-theme', repaint)
    dark.addEventListener('change', repaint)
    context.atEnd(() => {
      window.removeEventListener('veer-theme', repaint)
      dark.removeEventListener('change', repaint)
      this.#drop()
    })
  }

  /** Another wave is asked about at once. */
  follow() {
    if (this.#waveName() === this.#wanted) return
    this.#show(null)
    this.#ask()
  }

  #take(body, refused) {
    this.#refused = refused
    this.#show(body)
  }

  /** Null for nothing: one wave's lines do not stand under another's name. */
  #show(body) {
    this.#body = body
    this.#at = null
    this.#plot?.setData(this.#data())
  }

  #choose(span) {
    this.#span = span
    const wave = this.#context.query.get('wave')
    this.#context.keep({ wave, lags: span === 'day' ? 'day' : null })
    this.#ask()
    this.#context.redraw()
  }

  view(wave) {
    return html`<section class="card two-thirds lags">
      <div class="head">
        <h2>${t('lags')}</h2>
        <div class="choice" role="group" aria-label=${t('lags.span')}>
          ${Object.keys(SPANS).map(
            (span) => html`<button type="button" class="quiet" aria-pressed=${span === this.#span} @click=${() => this.#choose(span)}>
              ${t('lags.' + span)}
            </button>`,
          )}
        </div>
      </div>
      <dl class="lag-legend">${this.#legend(wave)}</dl>
      ${this.#refused ? html`<p class="soft">${t('lags.none', { why: this.#refused.message })}</p>` : ''}
      <div class="chart" role="img" aria-label=${this.#inWords(wave)} ${ref(this.#attach)}></div>
    </section>`
  }

  /** What is under the pointer; else what is now. */
  #legend(wave) {
    const i = this.#at
    const then = i != null && this.#body ? this.#body : null
    const at = then ? clock.format(then.at[i]) : t('now')
    const values = then
      ? [then.replicationLagMillis[i], then.verificationLagMillis[i]]
      : [wave.lagMillis, wave.verificationLagMillis]
    return ['lag', 'proof'].map(
      (name, n) => html`<div class="figure">
        <dt><span class="swatch ${name}" aria-hidden="true"></span> ${t('lags.' + name)}</dt>
        <dd>${format.millis(values[n])} <small class="inline">${at}</small></dd>
      </div>`,
    )
  }

  #inWords(wave) {
    const most = (values) => {
      const known = (values ?? []).filter((value) => value != null)
      return known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b))
    }
    return t('lags.words', {
      span: t('lags.' + this.#span),
      lag: format.millis(wave.lagMillis),
      lagMost: format.millis(most(this.#body?.replicationLagMillis)),
      proof: format.millis(wave.verificationLagMillis),
      proofMost: format.millis(most(this.#body?.verificationLagMillis)),
    })
  }

  /** A logarithm has no nought. */
  #data() {
    const above = (value) => (value == null ? null : Math.max(1, value))
    const { at = [], replicationLagMillis = [], verificationLagMillis = [] } = this.#body ?? {}
    return [at.map((ms) => ms / 1000), replicationLagMillis.map(above), verificationLagMillis.map(above)]
  }

  #attach = (element) => {
    this.#drop()
    if (element == null) return
    this.#plot = new uPlot(this.#options(size(element.getBoundingClientRect())), this.#data(), element)
    this.#sizes.observe(element)
  }

  #drop() {
    this.#sizes.disconnect()
    this.#plot?.destroy()
    this.#plot = null
  }

  #resize([{ contentRect }]) {
    const { width, height } = size(contentRect)
    const plot = this.#plot
    if (plot && contentRect.width > 0 && (width !== plot.width || height !== plot.height)) {
      plot.setSize({ width, height })
    }
  }

  #options({ width, height }) {
    const series = (token, dash) => ({ stroke: () => colour(token), width: 2, dash })
    return {
      width,
      height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: true, range: () => this.#range() },
        y: { distr: 3, range: (_plot, _min, max) => [1, top(max)] },
      },
      axes: [
        {
          ...axis(),
          size: 1.9 * rem(),
          values: (_plot, splits) => splits.map((at) => clock.format(at * 1000)),
          incrs: [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600],
          space: 4.5 * rem(),
        },
        {
          ...axis(),
          size: 4 * rem(),
          splits: (_plot, _axis, _min, max) => LINES.filter((line) => line <= max),
          filter: (_plot, splits) => splits,
          values: (_plot, splits) => splits.map(label),
        },
      ],
      series: [{}, series('--lag'), series('--proof', [7, 4])],
      hooks: { setCursor: [(plot) => this.#point(plot.cursor.idx)] },
    }
  }

  /** The whole time, or since anything is known; later, where nothing is known, nothing is drawn. */
  #range() {
    const until = (this.#context.live.serverNow ?? now()) / 1000
    const whole = until - SPANS[this.#span].minutes * 60
    const first = Math.min(this.#first() / 1000, until - LEAST_SPAN)
    return [Math.max(whole, first), until]
  }

  /** When the first value is from; long ago if there is none. */
  #first() {
    const { at = [], replicationLagMillis = [], verificationLagMillis = [] } = this.#body ?? {}
    return at.find((_, i) => replicationLagMillis[i] != null || verificationLagMillis[i] != null) ?? 0
  }

  #point(index) {
    const at = index ?? null
    if (at === this.#at) return
    this.#at = at
    this.#context.redraw()
  }
}

function size({ width, height }) {
  return { width: Math.max(200, Math.floor(width)), height: Math.max(LEAST_HEIGHT, Math.floor(height)) }
}

function axis() {
  return {
    font: `${0.75 * rem()}px system-ui, sans-serif`,
    stroke: () => colour('--soft'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
  }
}

function top(max) {
  return LINES.find((line) => line >= Math.max(max ?? 0, LEAST_TOP)) ?? max
}

function label(millis) {
  const [value, unit] =
    millis < 1e3 ? [millis, 'ms'] : millis < 6e4 ? [millis / 1e3, 's'] : millis < 3.6e6 ? [millis / 6e4, 'min']
    : millis < 8.64e7 ? [millis / 3.6e6, t('hour')] : [millis / 8.64e7, 'd']
  return `${value} ${unit}`
}

/** On a wall all is larger, and so is the chart's text. */
function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

function colour(token) {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim()
}
