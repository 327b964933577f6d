// What became of one row: what the source's transactions made of it, and what the target's did.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import * as api from '../shell/api.js'
import { badge, card, notice, position } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import { align, differing, masked } from '../parts/align.js'
import { Known } from '../parts/known.js'
import {
  by, columns, crumbs, culprit, kindWord, refusal, said, state, tableAddress, tablesAddress,
} from '../parts/records.js'
import { Values } from '../parts/values.js'
import words from '../words/key.js'

const t = speak(words)

/** The word for a code, or the code itself: another version of Veer may have more of them. */
const word = (prefix, code) => (prefix + code in words.en ? t(prefix + code) : code)

/** As often a search that has not ended is asked for; it ends if nobody asks. */
const SEARCH_MILLIS = 2_000

/** Whoever looks at one row may have come from far down the list. */
const PAGE = 500

export function open(context) {
  const { wave, table, key } = context.params
  const events = new Known()
  let difference = null
  let values = null

  const search = async () => {
    try {
      events.use(await api.get(api.path`/waves/${wave}/tables/${table}/keys/${key}/events`), null)
    } catch (refused) {
      events.use(null, refused)
    }
    context.redraw()
    const goesOn = events.refused == null ? events.body.state === 'SEARCHING' : mayCome(events.refused)
    if (!context.isEnded && goesOn) setTimeout(search, SEARCH_MILLIS)
  }
  search()
  find(wave, table, key, context.query.get('difference')).then((found) => {
    if (found == null || context.isEnded) return
    difference = found
    values = new Values(context, wave, found.id)
    context.redraw()
  }, () => {})

  const view = () => html`
    ${crumbs([tablesAddress(wave), t('up', { wave })], [tableAddress(wave, table), table])}
    <h1>${t('title')} <span class="code">${key}</span></h1>
    <p class="soft">${t('masked')}</p>
    ${refusal(events)}
    <div class="grid">
      ${difference == null ? nothing : card(t('difference'), summary(difference, values))}
      ${events.body == null ? nothing : card(t('events'), history(events.body))}
    </div>
    ${values?.dialog() ?? nothing}
  `
  return { title: t('title') + ' ' + key.slice(0, 12), view }
}

/** Whether there may be an answer later: the connection broke, or the server is busy. */
function mayCome({ status = 503 }) {
  return status >= 500 || status === 429
}

/** The difference of this row: that which the address names, or the newest on record. */
async function find(wave, table, key, id) {
  let after = id != null && /^\d+$/.test(id) ? Math.max(0, Number(id) - 1) : 0
  const limit = after > 0 ? 1 : PAGE
  const page = await api.get('/differences', { wave, table, closed: true, after, limit })
  return page.waves[0]?.differences.findLast((one) => one.key === key) ?? null
}

function summary(one, values) {
  return html`<dl class="facts">
    <div><dt>${t('differs.in')}</dt><dd>${columns(one.columns)}</dd></div>
    <div><dt>${t('kind')}</dt><dd>${kindWord(one.kind)}</dd></div>
    <div><dt>${t('state')}</dt><dd>${state(one.state)} ${one.closedBy ? by(one.closedBy) : nothing}</dd></div>
    <div><dt>${t('found')}</dt><dd>${format.moment(one.foundAt)}</dd></div>
    <div><dt>${t('seen')}</dt><dd>${format.moment(one.lastSeenAt)} ${by('scan ' + one.scan)}</dd></div>
    <div><dt>${t('source.at')}</dt><dd>${position(one.sourcePosition)}</dd></div>
    <div><dt>${t('target.at')}</dt><dd>${position(one.targetPosition)}</dd></div>
    <div class="whole"><dt>${t('culprit')}</dt><dd>${culprit(one.culprit, one.blame)}</dd></div>
  </dl>
  ${values?.button() ?? nothing}`
}

function history(body) {
  const rows = align(body.log, body.echo)
  // What stands alone is held against what the source had by then.
  let before = null
  for (const row of rows) {
    before = row.log ?? before
    row.against = before
  }
  return html`
    ${STATES[body.state]?.(body) ?? nothing}
    ${body.state === 'SEARCHING' ? nothing : rows.length === 0 ? html`<p class="soft">${t('events.none')}</p>` : html`
      <div class="wide"><table class="sides">
        <thead><tr><th scope="col">${t('log')}</th><th scope="col">${t('echo')}</th></tr></thead>
        <tbody>${rows.map((row) => html`<tr>
          <td data-label=${t('log')}>${row.log == null ? nothingThere(row) : event(row.log, row.echo)}
            ${row.joined ? html`<small>${t('joined')}</small>` : nothing}</td>
          <td data-label=${t('echo')}>${row.echo == null ? html`<span class="soft">${row.joined ? t('joined.echo') : t('not.echoed')}</span>` : event(row.echo, row.against)}</td>
        </tr>`)}</tbody>
      </table></div>`}
    ${body.state === 'DONE' && body.complete ? html`<p class="small">${t('complete')}</p>` : nothing}`
}

/** Searching is in flight, whatever it will find. */
const STATES = {
  SEARCHING: (body) => notice('flight', t('searching'), said(body.words)),
  NOT_KEPT: (body) => notice('unknown', t('not.kept'), said(body.words)),
  TOO_FAR: (body) => notice('unknown', t('too.far'), said(body.words)),
  DONE: (body) => (body.complete ? nothing : notice('unknown', t('incomplete'), said(body.words))),
}

const nothingThere = (row) => row.echo.writer === 'FOREIGN_WRITER'
  ? html`<span class="text-different">${t('no.cause')}</span>`
  : html`<span class="soft">${t('nothing')}</span>`

const WRITERS = { APPLY: 'plain', LOAD: 'plain', REPAIR: 'plain', FOREIGN_WRITER: 'different' }

function event(one, other) {
  const unlike = other == null ? new Set() : differing(one.after, other.after)
  const changed = new Set(one.columns)
  return html`<div class="event">
    <p><strong>${word('op.', one.op)}</strong>
      ${one.writer == null ? nothing : badge(WRITERS[one.writer] ?? 'plain', word('writer.', one.writer))}
      <span class="soft">${format.moment(one.at)}</span></p>
    <p class="small">${position(one.position)} · ${t('transaction', { number: String(one.transaction), id: one.databaseTransaction })}</p>
    <ul class="masked">${masked(one.after ?? one.before).map(([column, value]) => html`<li class=${
      unlike.has(column) ? 'unlike' : changed.has(column) ? 'changed' : ''}><span>${column}</span> <code>${value}</code>${
      unlike.has(column) ? html`<span class="unseen">${t('unlike')}</span>` : nothing}</li>`)}</ul>
  </div>`
}
