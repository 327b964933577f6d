// One table: how well it is known, part by part, and what differs in it.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { path } from '../shell/api.js'
import { age, badge, card, figure, notice, position, tone, verdictBadge } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import { Known } from '../parts/known.js'
import { map } from '../parts/map.js'
import {
  by, crumbs, differenceRows, findingRows, refusal, said, scanKind, tablesAddress, why,
} from '../parts/records.js'
import words from '../words/table.js'

const t = speak(words)

/** Of each list; the screen of the differences has the rest. */
const SHOWN = 50

export function open(context) {
  const { wave, table } = context.params
  const here = path`/waves/${wave}/tables/${table}`
  const detail = new Known()
  const ranges = new Known()
  const scans = new Known()
  const differences = new Known()
  const findings = new Known()
  let isMapOpen = false
  context.poll(here, {}, 3_000, detail.use)
  context.poll(here + '/ranges', {}, 10_000, ranges.use)
  context.poll(here + '/scans', {}, 5_000, scans.use)
  context.poll('/differences', { wave, table, limit: SHOWN }, 5_000, differences.use)
  context.poll('/incidents', { wave, table, limit: SHOWN }, 5_000, findings.use)

  const toggleMap = (isOpen) => {
    isMapOpen = isOpen
    context.redraw()
  }

  /** That of a part which nobody could ask about is not of now. */
  const isMapSilent = () => detail.isSilent || (ranges.refused != null && ranges.isSilent)

  const view = () => {
    const known = detail.body?.table
    const verdict = known == null || detail.isSilent ? 'UNKNOWN' : known.verdict
    return html`
      ${crumbs([tablesAddress(wave), t('up', { wave })])}
      <div class="head named">
        <h1>${table}</h1>
        <p class="verdict-at">${verdictBadge(verdict)} ${known == null ? nothing : html`<span>${
          verdict === 'UNKNOWN' ? t('known.to') : t('at')} ${position(known.position)}</span>`}</p>
      </div>
      ${refusal(detail)}
      ${detail.isSilent && !context.live.isSilent ? notice('unknown', t('silent'), '') : nothing}
      ${known == null ? nothing : html`
        ${known.verdict === 'UNKNOWN' && !detail.isSilent ? notice('unknown', why(known.reason, known.words), '') : nothing}
        <div class="grid">
          ${card(t('figures'), figures(known, detail.isSilent))}
          ${ranges.body == null && ranges.refused == null ? nothing : card(t('map'), html`${refusal(ranges)}
            ${ranges.body == null ? nothing : map(ranges.body, isMapSilent(), isMapOpen, toggleMap)}`)}
          ${card(t('columns'), columns(detail.body.columns, known), 'third')}
          ${card(t('exclusions'), exclusions(known.exclusions), 'two-thirds')}
          ${card(t('differences'), standing(differences, wave, table))}
          ${found(findings, wave)}
          ${card(t('scans'), scanRows(scans))}
          ${card(t('history'), history(detail.body.history))}
        </div>`}
    `
  }
  return { title: table, view }
}

function figures(known, isSilent) {
  return html`<dl class="figures">
    ${figure(t('rows.source'), format.count(known.sourceRows), known.rowsAtSource && t('at.position', { position: known.rowsAtSource }))}
    ${figure(t('rows.target'), format.count(known.targetRows), known.rowsAtTarget && t('at.position', { position: known.rowsAtTarget }))}
    ${figure(t('coverage'), format.share(known.coverage), t('coverage.of'))}
    ${figure(t('oldest'), age(known.oldestScanAt), known.oldestScanAt && format.moment(known.oldestScanAt))}
    ${figure(t('unsettled'), format.count(known.unsettled), t('of.rows', { n: known.sourceRows }))}
    ${figure(t('differing'), format.count(known.differing), t('of.rows', { n: known.sourceRows }))}
    ${figure(t('changes'), format.rate(isSilent ? null : known.changesPerSecond), t('on.target'))}
    ${known.load == null || known.load.complete ? nothing : figure(
      t('load'), format.share(share(known.load)),
      t('load.of', { rows: known.load.rows, of: known.load.estimatedRows || null }))}
  </dl>`
}

function share(load) {
  return load.estimatedRows > 0 ? Math.min(1, load.rows / load.estimatedRows) : null
}

/** In how many rows each column differs. */
function columns(all, known) {
  if (!all?.length) return html`<p class="soft">${known.differing > 0 ? t('columns.rows') : t('columns.none')}</p>`
  return html`<table>
    <thead><tr><th scope="col">${t('column')}</th><th scope="col" class="number">${t('in.rows')}</th></tr></thead>
    <tbody>${all.map((one) => html`<tr>
      <td><strong class="code">${one.column}</strong>
        <progress class="bar-of" aria-hidden="true" max=${known.differing || one.differing} value=${one.differing}></progress></td>
      <td class="number">${t('n.of', { n: one.differing, of: known.differing })}</td>
    </tr>`)}</tbody>
  </table>`
}

function exclusions(all) {
  return all.length === 0 ? html`<p class="soft">${t('exclusions.none')}</p>` : html`<div class="wide"><table>
    <thead><tr><th scope="col">${t('column')}</th><th scope="col">${t('how')}</th><th scope="col" class="number">${t('rows')}</th></tr></thead>
    <tbody>${all.map((one) => html`<tr>
      <td class="code">${one.column}</td><td>${said(one.why)}</td>
      <td class="number">${format.count(one.rows)}</td></tr>`)}</tbody>
  </table></div>`
}

function standing(known, wave, table) {
  if (known.body == null) return asked(known)
  const found = known.body.waves[0]
  if (!found?.differences.length) return html`${refusal(known)}<p class="soft">${t('differences.none')}</p>`
  return html`${refusal(known)} ${differenceRows(wave, found.differences)}
    <p class="more"><a href=${'/differences?' + new URLSearchParams({ wave, table })}>${
      found.next == null ? t('differences.cause') : t('differences.all')}</a></p>`
}

/** Nothing if there are none, and that is known. */
function found(known, wave) {
  const findings = known.body?.waves[0]?.findings ?? []
  if (findings.length === 0 && known.refused == null) return nothing
  return card(t('findings'), html`${refusal(known)}${findings.length > 0 ? findingRows(wave, findings) : nothing}`)
}

/** Before there is an answer: that it is waited for, or why there is none. */
function asked(known) {
  return known.refused == null ? html`<p class="soft">${t('asking')}</p>` : refusal(known)
}

const SCAN_TONES = { RUNNING: 'flight', STOPPED: 'flight' }

function scanRows(known) {
  if (known.body == null) return asked(known)
  const all = known.body.scans
  if (all.length === 0) return html`${refusal(known)}<p class="soft">${t('scans.none')}</p>`
  return html`${refusal(known)}<div class="wide" tabindex="0" role="region" aria-label=${t('scans')}><table class="as-cards">
    <thead><tr>
      <th scope="col">${t('scan')}</th>
      <th scope="col">${t('state')}</th>
      <th scope="col">${t('verdict')}</th>
      <th scope="col">${t('began')}</th>
      <th scope="col">${t('took')}</th>
      <th scope="col" class="number">${t('rows')}</th>
      <th scope="col" class="number">${t('differing')}</th>
      <th scope="col" class="number">${t('speed')}</th>
      <th scope="col">${t('source.at')}</th>
      <th scope="col">${t('target.at')}</th>
    </tr></thead>
    <tbody>${all.map((scan) => html`<tr>
      <td data-label=${t('scan')}>${scan.id ?? '–'} <small>${scanKind(scan.kind)}</small></td>
      <td data-label=${t('state')}>${badge(SCAN_TONES[scan.state] ?? 'plain', scanKind(scan.state))}</td>
      <td data-label=${t('verdict')}>${scan.endedAt == null ? html`<span class="soft">–</span>` : verdictBadge(scan.verdict)}</td>
      <td data-label=${t('began')} title=${format.moment(scan.startedAt)}>${t('ago', { age: format.ago(scan.startedAt) })}</td>
      <td data-label=${t('took')}>${scan.endedAt == null ? '–' : format.millis(Date.parse(scan.endedAt) - Date.parse(scan.startedAt))}</td>
      <td data-label=${t('rows')} class="number">${format.count(scan.rows)}</td>
      <td data-label=${t('differing')} class="number">${format.count(scan.differing)}</td>
      <td data-label=${t('speed')} class="number">${format.count(scan.rowsPerSecond == null ? null : Math.round(scan.rowsPerSecond))}</td>
      <td data-label=${t('source.at')}>${position(scan.sourcePosition)}</td>
      <td data-label=${t('target.at')}>${position(scan.targetPosition)}</td>
    </tr>`)}</tbody>
  </table></div>`
}

function history(steps) {
  if (steps.length === 0) return html`<p class="soft">${t('history.none')}</p>`
  return html`<ol class="timeline">${steps.map((step) => html`<li class=${tone(step.verdict)}>
    <time datetime=${step.at} class="soft">${format.moment(step.at)}</time>
    <span>${verdictBadge(step.verdict)} ${step.position == null ? nothing : html`${t('at')} ${position(step.position)}`}
      ${by(step.changedBy)}${step.verdict === 'UNKNOWN' ? html`. ${why(step.reason, step.words)}` : nothing}</span>
  </li>`)}</ol>`
}
