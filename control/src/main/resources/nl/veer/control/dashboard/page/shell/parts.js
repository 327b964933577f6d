// Parts that several screens are made of.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { format, language, speak } from './words.js'
import words from '../words/shell.js'

const t = speak(words)

/** A sign for each tone, so that colour is never the only thing that tells. */
const SIGNS = { equal: '✓', different: '✕', unknown: '?', flight: '↻', plain: '' }

const TONES = { EQUAL: 'equal', DIFFERENT: 'different', UNKNOWN: 'unknown' }

/** The tone of a verdict: green is for EQUAL and nothing else. */
export function tone(verdict) {
  return TONES[verdict] ?? 'unknown'
}

/** A word in a tone: equal, different, unknown, flight (amber) or plain. */
export function badge(of, text) {
  return html`<span class="badge ${of}"><span aria-hidden="true">${SIGNS[of]}</span> ${text}</span>`
}

/** EQUAL, DIFFERENT or UNKNOWN, in this language. */
export function verdictWord(verdict) {
  return t(TONES[verdict] ? verdict : 'UNKNOWN')
}

export function verdictBadge(verdict) {
  return badge(tone(verdict), verdictWord(verdict))
}

/** A message that stands across the screen. */
export function notice(of, title, text) {
  return html`<div class="notice ${of}" role="status">
    <strong><span aria-hidden="true">${SIGNS[of]}</span> ${title}</strong>
    ${text ? html`<span>${text}</span>` : nothing}
  </div>`
}

/** A card with a heading. */
export function card(title, content, classes = '') {
  return html`<section class="card ${classes}"><h2>${title}</h2>${content}</section>`
}

/** A figure with its name; `of` is the denominator, or whatever explains it. */
export function figure(name, value, of = '') {
  return html`<div class="figure">
    <dt>${name}</dt>
    <dd>${value}${of ? html`<small>${of}</small>` : nothing}</dd>
  </div>`
}

/** How far something is, of a whole. */
export function meter(name, value, most) {
  const known = value != null && most > 0
  return html`<progress aria-label=${name} max=${known ? most : 1} value=${known ? Math.min(value, most) : 0}></progress>`
}

/** A position in the source's log, or that there is none. */
export function position(of) {
  return of == null ? t('no.position') : html`<span class="code">${of}</span>`
}

/** A command line to copy. */
export function command(line) {
  const copy = async (event) => {
    const button = event.currentTarget
    await navigator.clipboard.writeText(line)
    button.textContent = t('copied')
    setTimeout(() => (button.textContent = t('copy')), 2000)
  }
  return html`<span class="command">
    <code>${line}</code><button type="button" class="quiet" @click=${copy}>${t('copy')}</button>
  </span>`
}

/** How old something is, drawn anew with each picture. */
export function age(at) {
  return html`<time datetime=${at ?? ''}>${format.ago(at)}</time>`
}

/** What the server says is in English; whoever reads it out has to know that. */
export function english(text) {
  return language === 'en' ? text : html`<span lang="en">${text}</span>`
}
