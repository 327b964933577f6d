// How records of the verifier are told: what differs, why, and who has said so.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { path } from '../shell/api.js'
import { badge, notice, position } from '../shell/parts.js'
import { format, language, speak } from '../shell/words.js'
import words from '../words/records.js'

export const t = speak(words)

/** The word for a code, or the code itself: another version of Veer may have more of them. */
function word(prefix, code) {
  const key = prefix + code
  return key in words.en ? t(key) : code
}

export const kindWord = (kind) => word('kind.', kind)
export const stateWord = (state) => word('state.', state)
export const culpritWord = (culprit) => word('culprit.', culprit)
export const scanKind = (kind) => word('scan.', kind)
export const reasonWord = (reason) => word('reason.', reason)

/** What the server says in its own language, which is English. */
export function said(text) {
  return text == null ? nothing : language === 'en' ? text : html`<span lang="en">${text}</span>`
}

/** Why a verdict is UNKNOWN. */
export function why(reason, text) {
  if (reason != null && language !== 'en') return reasonWord(reason)
  return text ?? (reason == null ? nothing : reasonWord(reason))
}

/** What has changed a verdict, or closed something: `scan 17`. */
export function by(text) {
  if (text == null) return '–'
  const found = /^(scan|finding|repair) (\d+)$/.exec(text)
  return found ? t('by.' + found[1], { id: found[2] }) : word('by.', text)
}

/** That there is no answer, and why; if there is an older one to show, how old it is. */
export function refusal(known) {
  const { refused, body } = known
  if (refused == null) return nothing
  if (known.isMissing) return notice('unknown', t('refused'), t('missing'))
  if (body == null) return notice('unknown', t('refused'), said(refused.message))
  return html`<p class="text-unknown refused"><strong>?</strong> ${t('refused.old', { age: format.millis(known.ageMillis) })}
    ${said(refused.message)}</p>`
}

/** The way back up. */
export function crumbs(...links) {
  return html`<nav class="crumbs" aria-label=${t('crumbs')}>
    ${links.map(([href, text]) => html`<a href=${href}>${text}</a><span aria-hidden="true">›</span>`)}
  </nav>`
}

export const tablesAddress = (wave) => path`/waves/${wave}/tables`
export const tableAddress = (wave, table) => path`/waves/${wave}/tables/${table}`

export function keyAddress(wave, table, key, id = null) {
  return path`/waves/${wave}/tables/${table}/keys/${key}` + (id == null ? '' : `?difference=${id}`)
}

/** A key is named by its digest; the first part of it is enough to tell it from others by eye. */
export function keyLink(wave, table, key, id = null) {
  if (!key) return '–'
  return html`<a class="code key" href=${keyAddress(wave, table, key, id)}
    aria-label=${t('key.link', { key })} title=${key}>${key.slice(0, 12)}…</a>`
}

/** The columns that differ. */
export function columns(names) {
  return names?.length
    ? names.map((name, i) => html`${i ? ', ' : ''}<strong class="code">${name}</strong>`)
    : t('row')
}

/** Open is what needs somebody; mended is in flight until a scan has seen it equal. */
export function state(of) {
  const tone = of === 'OPEN' ? 'different' : of === 'REPAIRED' ? 'flight' : 'plain'
  return badge(tone, stateWord(of))
}

/** Who has made a difference, and how that is known. */
export function culprit(of, blame) {
  if (of == null) return html`<span class="soft">${t('culprit.none')}</span>`
  return html`${culpritWord(of)}${blame ? html`<small class="blame">${said(blame)}</small>` : nothing}`
}

/** Rows that scans have proven to differ. */
export function differenceRows(wave, lines, { kind = true } = {}) {
  return html`<div class="wide"><table class="as-cards">
    <thead><tr>
      <th scope="col">${t('key')}</th>
      <th scope="col">${t('column')}</th>
      ${kind ? html`<th scope="col">${t('kind')}</th>` : nothing}
      <th scope="col">${t('state')}</th>
      <th scope="col">${t('seen')}</th>
      <th scope="col">${t('position')}</th>
      <th scope="col">${t('culprit')}</th>
    </tr></thead>
    <tbody>${lines.map((line) => html`<tr>
      <td data-label=${t('key')}>${keyLink(wave, line.table, line.key, line.id)}</td>
      <td data-label=${t('column')}>${columns(line.columns)}</td>
      ${kind ? html`<td data-label=${t('kind')} class="line">${kindWord(line.kind)}</td>` : nothing}
      <td data-label=${t('state')}>${state(line.state)}
        ${line.closedBy ? html`<small>${by(line.closedBy)}</small>` : nothing}</td>
      <td data-label=${t('seen')} class="line" title=${format.moment(line.lastSeenAt)}>${t('ago', { age: format.ago(line.lastSeenAt) })}</td>
      <td data-label=${t('position')} class="line">${position(line.sourcePosition)}</td>
      <td data-label=${t('culprit')}>${culprit(line.culprit, line.blame)}</td>
    </tr>`)}</tbody>
  </table></div>`
}

/** What the ledger found. */
export function findingRows(wave, lines) {
  return html`<div class="wide"><table class="as-cards">
    <thead><tr>
      <th scope="col">${t('key')}</th>
      <th scope="col">${t('column')}</th>
      <th scope="col">${t('kind')}</th>
      <th scope="col">${t('state')}</th>
      <th scope="col">${t('found')}</th>
      <th scope="col">${t('in.log')}</th>
      <th scope="col">${t('in.echo')}</th>
      <th scope="col">${t('culprit')}</th>
    </tr></thead>
    <tbody>${lines.map((line) => html`<tr>
      <td data-label=${t('key')}>${keyLink(wave, line.table, line.key)}
        ${line.rows > 1 ? html`<small>${t('stands.for', { n: line.rows })}</small>` : nothing}</td>
      <td data-label=${t('column')}>${columns(line.columns)}</td>
      <td data-label=${t('kind')}>${kindWord(line.code)}</td>
      <td data-label=${t('state')}>${state(line.state)}
        ${line.closedBy ? html`<small>${by(line.closedBy)}</small>` : nothing}</td>
      <td data-label=${t('found')} class="line" title=${format.moment(line.foundAt)}>${t('ago', { age: format.ago(line.foundAt) })}</td>
      <td data-label=${t('in.log')}>${word('outcome.', line.inLog)}
        ${line.logPosition ? html`<small>${position(line.logPosition)}</small>` : nothing}</td>
      <td data-label=${t('in.echo')}>${word('outcome.', line.inEcho)}
        ${line.echoPosition ? html`<small>${position(line.echoPosition)}</small>` : nothing}</td>
      <td data-label=${t('culprit')}>${culprit(line.culprit, line.blame)}</td>
    </tr>`)}</tbody>
  </table></div>`
}
