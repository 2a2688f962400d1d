/** A figure of the engine on the page: drawing, values, words. */

import { ValueReader } from '../../src/report/figure.js';
import { drawingOf, make } from './dom.js';
import { Flow } from './flow.js';
import { say } from './words.js';

const FLOW_AFTER_MS = 400;

/** One place for a figure; what it shows changes, the place stays, so that focus stays, too. */
export class FigureView {
  /** @param {HTMLElement} place @param {string} id @param {(kind: string) => HTMLElement[]} [extra] below the drawing */
  constructor(place, id) {
    this.id = id;
    this.title = make('h2', { id: `${id}-title` });
    this.subtitle = make('p');
    this.drawing = make('div', { class: 'drawing', tabindex: '0', role: 'group', 'aria-labelledby': `${id}-title` });
    this.line = make('p', { class: 'values', 'aria-live': 'polite' });
    this.words = make('p', { id: `${id}-words` });
    this.flow = new Flow();
    this.reader = new ValueReader(this.drawing, this.line, say('figure_help'));
    this.element = make('figure', { id },
      make('figcaption', {}, this.title, this.subtitle), this.drawing, this.line, this.flow.words,
      make('details', {}, make('summary', { text: say('in_words') }), this.words));
    place.append(this.element);
  }

  /** @param {{ svg: string, title: string, subtitle: string, description: string, panels: object[], places: object[], flows?: object[] }} figure */
  show(figure) {
    const drawing = drawingOf(figure.svg);
    if (!drawing) return;
    this.element.hidden = false;
    this.title.textContent = figure.title;
    this.subtitle.textContent = figure.subtitle;
    this.words.textContent = figure.description;
    drawing.setAttribute('aria-describedby', this.words.id);
    const scrolled = this.drawing.scrollLeft;
    this.drawing.replaceChildren(drawing);
    this.drawing.scrollLeft = scrolled;
    const panels = figure.panels ?? [];
    this.line.hidden = panels.length === 0;
    if (panels.length) this.reader.take({ panels, places: { [drawing.classList[0]]: figure.places } });
    else this.reader.take({ panels: [], places: {} });
    // While a slider moves nothing else does.
    clearTimeout(this.timer);
    this.flow.take(null);
    this.flow.offer(figure.flows?.length > 0);
    if (figure.flows?.length) this.timer = setTimeout(() => this.flow.take(drawing, figure.flows), FLOW_AFTER_MS);
  }

  hide() {
    this.element.hidden = true;
    clearTimeout(this.timer);
    this.flow.take(null);
  }
}

/**
 * The numbers of a run as a table: read-outs down, arms across.
 * @param {HTMLElement} place
 * @param {{ columns: { name: string, label: string, unit: string }[], rows: Object<string, string[]> }} table
 * @param {{ name: string, label: string, color: string }[]} arms
 */
export function showTable(place, table, arms) {
  const heads = arms.map(({ label, color }) => {
    const head = make('th', { scope: 'col', class: 'number', text: label });
    head.style.setProperty('--arm', color);
    return head;
  });
  const rows = table.columns.map((column, index) => make('tr', {},
    make('th', { scope: 'row', text: column.unit && column.unit !== '1' ? `${column.label} [${column.unit}]` : column.label }),
    ...arms.map(({ name }) => make('td', { class: 'number', text: table.rows[name]?.[index] ?? '–' }))));
  place.replaceChildren(make('table', {},
    make('caption', { text: say('table_caption') }),
    make('thead', {}, make('tr', {}, make('th', { scope: 'col', text: say('readout') }), ...heads)),
    make('tbody', {}, ...rows)));
}

/**
 * Published trials of the dial in hand as tables, for each hypothesis set that was asked.
 * @param {HTMLElement} place @param {{ set: string, title: string, rows: Object<string, any>[] }[]} all
 */
export function showTrials(place, all) {
  const heads = ['study', 'people', 'years', 'dose', 'readout', 'found', 'here', 'notes'];
  const cell = (row, name) => {
    const text = name === 'readout' ? `${row.readout} ${row.unit}` : row[name];
    return make('td', name === 'here' && row.inside ? { class: 'inside' } : {}, String(text || '–'));
  };
  place.append(...all.map(({ set, title, rows }) => make('table', { class: 'trials' },
    make('caption', { text: [set && say('under_set', { set }), title].filter(Boolean).join(' · ') }),
    make('thead', {}, make('tr', {}, ...heads.map((name) => make('th', { scope: 'col', text: say(`trial_${name}`) })))),
    make('tbody', {}, ...rows.map((row) => make('tr', {}, make('th', { scope: 'row', text: row.study }), ...heads.slice(1).map((name) => cell(row, name))))))));
}

/** As the program writes numbers: a true minus, and thousands parted from five digits on. */
const signed = (value, digits) => value.toFixed(digits).replace('-', '−').replace(/^(−?)(\d{5,})/, (all, minus, whole) => minus + whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0'));

/** A number of the moving arm in one set, and what it differs by. */
function glanceOf({ name, unit, digits }, { set, now, before }, than) {
  // A reader subtracts what is read; ends on both sides of a limit of rounding hardly differ.
  const rounded = (value) => Number(value.toFixed(digits));
  const differs = (one, other) => Math.abs(one - other) >= 0.5 * 10 ** -digits;
  const difference = () => (differs(now[name], before[name]) ? rounded(rounded(now[name]) - rounded(before[name])) : 0);
  const change = before && Number.isFinite(before[name]) ? difference() : null;
  const words = change === null ? '' : change === 0 ? say('no_change') : say(change > 0 ? 'by_more' : 'by_less', { change: signed(Math.abs(change), digits) });
  const told = words ? [' ', make('span', { class: 'change' }, make('b', { text: words }), make('span', { class: 'than', text: change ? ` ${say('than', { arm: than })}` : '' }))] : [];
  return make('dd', {}, ...(set ? [make('span', { class: 'set', text: set }), ' '] : []),
    make('b', { class: 'value', text: signed(now[name], digits) }), unit === '1' ? '' : ` ${unit}`, ...told);
}

/**
 * The numbers of the question in hand, large: the moving arm, and what it differs by; of both sets where both are asked.
 * @param {HTMLElement} place
 * @param {{ name: string, label: string, unit: string, digits: number }[]} readouts
 * @param {{ set: string, now: Object<string, number>, before?: Object<string, number> }[]} sets @param {string} than label of the arm before
 */
export function showGlance(place, readouts, sets, than) {
  place.replaceChildren(...readouts.filter(({ name }) => sets.every(({ now }) => Number.isFinite(now[name]))).map((readout) =>
    make('div', { class: 'glance' }, make('dt', { text: readout.label }), ...sets.map((one) => glanceOf(readout, one, than)))));
}
