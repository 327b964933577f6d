// Draws of a long list what one can see, and some around it: two thousand tables are then as quick
// as twenty. All rows must be of one height; it is measured.

import { noChange, nothing } from '/assets/lib/lit-html/lit-html.js'
import { directive, Directive } from '/assets/lib/lit-html/directive.js'

/** So many rows beyond each edge, so that Tab finds the next one, and scrolling does not flicker. */
const AROUND = 12

/** Until a row was drawn. */
const GUESSED_HEIGHT = 42

const top = (element) => element.getBoundingClientRect().top

export class InView {
  #name
  #height = GUESSED_HEIGHT
  #count = 0
  #drawn = ''

  /** `name` is that of the element which holds the rows: <tbody data-rows="name">. */
  constructor(context, name) {
    this.#name = name
    const look = () => {
      if (this.#key(this.#count) !== this.#drawn) context.redraw()
    }
    const options = { passive: true }
    window.addEventListener('scroll', look, options)
    window.addEventListener('resize', look, options)
    context.atEnd(() => {
      window.removeEventListener('scroll', look, options)
      window.removeEventListener('resize', look, options)
    })
  }

  /** Of so many rows: which to draw, and how much space stands for the others. */
  of(count) {
    this.#count = count
    const { from, to } = this.#edges(count)
    this.#drawn = `${from}-${to}`
    return { from, to, before: from * this.#height, after: (count - to) * this.#height }
  }

  #key(count) {
    const { from, to } = this.#edges(count)
    return `${from}-${to}`
  }

  #edges(count) {
    const rows = document.querySelector(`[data-rows="${this.#name}"]`)
    const [first, second] = rows?.querySelectorAll('[data-row]') ?? []
    if (second) this.#height = top(second) - top(first) || this.#height
    const above = rows == null ? 0 : -top(rows)
    const begin = Math.floor(above / this.#height)
    const seen = Math.ceil(window.innerHeight / this.#height)
    const from = Math.max(0, Math.min(count - seen, begin) - AROUND)
    return { from, to: Math.min(count, Math.max(0, begin) + seen + AROUND) }
  }
}

/** How tall an element is: <tr ${tall(pixels)}>. An attribute `style` would not be obeyed here. */
export const tall = directive(
  class extends Directive {
    render() {
      return nothing
    }

    update(part, [pixels]) {
      part.element.style.height = pixels + 'px'
      part.element.hidden = pixels <= 0
      return noChange
    }
  },
)

/**
 * To be called before rows are drawn: whoever was on the link of a row is on it afterwards, although
 * the row has moved. Links have a name of their own: <a data-link="name">.
 */
export function keepFocus() {
  const link = document.activeElement?.dataset?.link
  if (link == null) return
  queueMicrotask(() => {
    if (document.activeElement?.dataset?.link === link) return
    document.querySelector(`[data-link="${CSS.escape(link)}"]`)?.focus({ preventScroll: true })
  })
}
