// A table in the order of its key: each part is a square, its colour the verdict of the last look at
// it, and the stronger the colour, the fresher that look.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { age, tone, verdictBadge, verdictWord } from '../shell/parts.js'
import { format, now as serverNow, speak } from '../shell/words.js'
import words from '../words/table.js'

const t = speak(words)

const HOUR = 3_600_000

/** Up to these ages in milliseconds a look is of each strength; beyond the last it is the faintest. */
const AGES = [HOUR, 24 * HOUR, 7 * 24 * HOUR]

const VERDICTS = ['EQUAL', 'DIFFERENT', 'UNKNOWN']

/** 0 is the freshest; -1 if nobody has looked. */
export function freshness(range, now) {
  if (range.scannedAt == null) return -1
  const old = now - Date.parse(range.scannedAt)
  const found = AGES.findIndex((most) => old < most)
  return found < 0 ? AGES.length : found
}

function classes(range, now) {
  const fresh = freshness(range, now)
  return `${tone(range.verdict)} ${fresh < 0 ? 'unseen-part' : 'fresh-' + fresh}`
}

/** What the map says, in a sentence. */
function summary(ranges, now) {
  const count = (of) => ranges.reduce((n, range) => n + (of(range) ? 1 : 0), 0)
  return t('map.summary', {
    n: ranges.length,
    equal: count((range) => range.verdict === 'EQUAL'),
    different: count((range) => range.verdict === 'DIFFERENT'),
    unknown: count((range) => range.verdict === 'UNKNOWN'),
    fresh: count((range) => freshness(range, now) === 0),
  })
}

function told(range) {
  const parts = [t('map.part', { n: range.index + 1 }), verdictWord(range.verdict)]
  if (range.rows != null) parts.push(t('map.rows', { n: range.rows }))
  if (range.differing > 0) parts.push(t('map.differing', { n: range.differing }))
  parts.push(range.scannedAt == null ? t('map.never') : t('map.seen', { age: format.ago(range.scannedAt) }))
  if (range.changedSince != null) parts.push(t('map.changed', { n: range.changedSince }))
  return parts.join(' · ')
}

/**
 * `isOpen` says whether the same is shown as a table too, `toggle` is told when that changes; of a
 * table of which nothing was heard for a while every part is unknown.
 */
export function map(body, isSilent, isOpen, toggle) {
  const now = serverNow()
  const ranges = isSilent ? body.ranges.map((one) => ({ ...one, verdict: 'UNKNOWN' })) : body.ranges
  if (ranges.length === 0) return html`<p class="soft">${t('map.none')}</p>`
  const text = summary(ranges, now)
  return html`
    <p class="soft">${text} ${body.scan == null ? nothing : t('map.scan', {
      scan: String(body.scan), age: format.ago(body.at), position: body.position })}</p>
    <div class="map" role="img" aria-label=${text}>
      ${ranges.map((range) => html`<i class=${classes(range, now)} title=${told(range)}></i>`)}
    </div>
    <div class="ends soft" aria-hidden="true"><span>${t('map.first')}</span><span>${t('map.last')}</span></div>
    ${legend()}
    <details ?open=${isOpen} @toggle=${(event) => toggle(event.target.open)}>
      <summary>${t('map.table')}</summary>
      ${isOpen ? asTable(ranges) : nothing}
    </details>`
}

function legend() {
  return html`<ul class="map-legend" aria-label=${t('legend')}>
    ${VERDICTS.map((verdict) => html`<li><i class="${tone(verdict)} fresh-0"></i>${verdictWord(verdict)}</li>`)}
    <li class="ages">${t('legend.age')}</li>
    ${AGES.map((_, i) => html`<li><i class="unknown fresh-${i}"></i>${t('legend.age.' + i)}</li>`)}
    <li><i class="unknown fresh-3"></i>${t('legend.age.3')}</li>
    <li><i class="unknown unseen-part"></i>${t('legend.never')}</li>
  </ul>`
}

function asTable(ranges) {
  const changes = ranges.some((range) => range.changedSince != null)
  return html`<div class="wide tall" tabindex="0" role="region" aria-label=${t('map')}><table>
    <thead><tr>
      <th scope="col" class="number">${t('part')}</th>
      <th scope="col">${t('verdict')}</th>
      <th scope="col" class="number">${t('rows')}</th>
      <th scope="col" class="number">${t('differing')}</th>
      <th scope="col">${t('looked')}</th>
      ${changes ? html`<th scope="col" class="number">${t('changed')}</th>` : nothing}
    </tr></thead>
    <tbody>${ranges.map((range) => html`<tr>
      <td class="number">${format.count(range.index + 1)}</td>
      <td>${verdictBadge(range.verdict)}</td>
      <td class="number">${format.count(range.rows)}</td>
      <td class="number">${format.count(range.differing)}</td>
      <td>${range.scannedAt == null ? t('map.never') : age(range.scannedAt)}</td>
      ${changes ? html`<td class="number">${format.count(range.changedSince)}</td>` : nothing}
    </tr>`)}</tbody>
  </table></div>`
}
