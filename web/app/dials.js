/** Dials: a slider with a number field, or a choice of words, in groups. */

import { make } from './dom.js';
import { LARGEST_NUMBER, numberText, say } from './words.js';

/**
 * @typedef {{ dial: string, label: string, unit: string, usual: number | null, low: number | null, high: number | null,
 *   lowest: number | null, highest: number | null, words: string[], meaning: string, group: string, first: boolean, factor: number }} Dial
 */

export const GROUPS = ['eat', 'take', 'who', 'long'];

/** The part of what is plausible by which a slider goes on beyond it. */
const BEYOND = 0.25;

/** The ends of a slider: what is plausible, some more, and the value in force. @param {Dial} dial */
function sliderEnds(dial, value) {
  const low = dial.low ?? dial.lowest ?? Math.min(0, value), high = dial.high ?? dial.highest ?? Math.max(1, 2 * value);
  const more = BEYOND * (high - low);
  const from = Math.max(dial.lowest ?? -Infinity, low - more), to = Math.min(dial.highest ?? Infinity, high + more);
  return { low, high, from: Math.min(from, value), to: Math.max(to, value) };
}

const CURVE_POINTS = 21;
/** The curve of a food goes so far [portions]. */
const CURVE_PORTIONS = 4;

/** Values for the dose-response of a dial: of what is plausible; null for words. @param {any} know @param {string} name */
export function curveValues(know, name) {
  const dial = know.dials.get(name), food = know.foods.find((one) => know.dialOfFood(one.food) === name);
  if (!dial || dial.words.length) return null;
  const [from, to] = food ? [0, CURVE_PORTIONS * food.serving_g]
    : [dial.low ?? dial.lowest ?? 0, dial.high ?? dial.highest ?? 2 * (dial.usual ?? 1)];
  const all = Array.from({ length: CURVE_POINTS }, (_, at) => Number((from + at * (to - from) / (CURVE_POINTS - 1)).toPrecision(6)));
  return dial.whole ? [...new Set(all.map(Math.round))] : all;
}

/** 1, 2 or 5 times a power of ten: about a hundredth of the span. */
function niceStep(span, whole) {
  const rough = span / 100, decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * decade).find((one) => one >= rough * 0.999) ?? rough;
  return whole ? Math.max(1, Math.round(step)) : step;
}

/** A dial in the unit in which it is shown. @param {Dial} dial */
function shownDial(dial) {
  const inUnit = (value) => (value === null ? null : value / dial.factor);
  const { usual, low, high, lowest, highest } = dial;
  return { ...dial, usual: inUnit(usual), low: inUnit(low), high: inUnit(high), lowest: inUnit(lowest), highest: inUnit(highest) };
}

const plain = (value) => String(Number(Number(value).toPrecision(6)));

/** One dial on the page. */
class DialControl {
  /** @param {Dial} dial @param {number | string | boolean} value in force @param {Actions} act */
  constructor(dial, value, act) {
    Object.assign(this, { dial: shownDial(dial), act });
    const id = `dial-${dial.dial.replace(/[^a-z0-9]+/gi, '-')}`;
    this.id = id;
    this.remark = make('p', { class: 'remark', id: `${id}-remark` });
    this.back = make('button', {
      type: 'button', class: 'back', 'aria-label': say('reset_dial', { dial: dial.label }), title: say('reset_dial', { dial: dial.label }), text: '↺',
      click: () => { act.reset(dial.dial); this.element.querySelector('input, select').focus(); },
    });
    const name = make('label', { for: id, id: `${id}-name`, text: dial.label });
    const [beside, ...below] = dial.words.length ? [this.choice(value)] : this.number(Number(value) / dial.factor);
    this.element = make('div', { class: 'dial', focusin: () => act.hold(dial.dial) },
      make('div', { class: 'head', title: dial.meaning }, name, this.back, beside), ...below, this.remark);
  }

  choice(value) {
    this.select = make('select', { id: this.id, change: () => this.act.turn(this.dial.dial, this.read(this.select.value)) },
      ...this.dial.words.map((word) => make('option', { value: word, text: word })));
    this.select.value = String(value);
    return this.select;
  }

  read(word) { return word === 'true' ? true : word === 'false' ? false : word; }

  number(value) {
    const { dial, id } = this, unit = this.unitWord();
    const ends = sliderEnds(dial, Number(value));
    const step = niceStep(ends.to - ends.from, Number.isInteger(dial.usual) && ends.to - ends.from > 30);
    const share = (one) => `${Math.round(1000 * (one - ends.from) / (ends.to - ends.from || 1)) / 10}%`;
    this.slider = make('input', {
      type: 'range', id: `${id}-slider`, min: ends.from, max: ends.to, step, 'aria-labelledby': `${id}-name`, 'aria-describedby': `${id}-remark`,
      input: () => this.turn(Number(this.slider.value)),
    });
    this.field = make('input', {
      type: 'number', id, inputmode: 'decimal', step: 'any', 'aria-describedby': `${id}-unit ${id}-remark`,
      input: () => this.typed(), change: () => this.typed(), blur: () => this.leave(),
      keydown: (event) => this.stepField(event, step),
    });
    const track = make('div', { class: 'track' }, this.slider);
    track.style.setProperty('--low', share(ends.low));
    track.style.setProperty('--high', share(ends.high));
    if (dial.usual !== null && dial.usual >= ends.from && dial.usual <= ends.to) {
      const mark = make('span', { class: 'usual', 'aria-hidden': 'true', title: say('usual', { value: numberText(dial.usual), unit }) });
      mark.style.setProperty('--at', String(Math.round(1000 * (dial.usual - ends.from) / (ends.to - ends.from || 1)) / 1000));
      track.append(mark);
    }
    const unitText = make('span', { class: 'unit', id: `${id}-unit`, text: unit });
    return [make('span', { class: 'quantity' }, this.field, unitText), track];
  }

  stepField(event, step) {
    const way = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!way) return;
    event.preventDefault();
    const [low, high] = this.ends();
    const next = Number(plain(Number(this.field.value || 0) + way * step));
    const kept = Math.min(Math.max(next, low), high);
    this.field.value = String(kept);
    this.turn(kept);
  }

  /** A number that was refused does not stay in the field of a reader who leaves it. */
  leave() {
    if (!this.field.hasAttribute('data-refused')) return;
    this.field.value = plain(this.value);
    this.judge(this.value);
  }

  turn(value) {
    this.value = value;
    if (document.activeElement !== this.field) this.field.value = plain(value);
    if (document.activeElement !== this.slider) this.slider.value = String(value);
    this.judge(value);
    this.act.turn(this.dial.dial, value * this.dial.factor);
  }

  /** A value that cannot be is said and stays in the field; the last good one stays in force. */
  typed() {
    const value = Number(this.field.value), [low, high] = this.ends();
    if (this.field.value.trim() === '' || !Number.isFinite(value)) {
      this.say(say('no_number'), true);
    } else if (value < low || value > high) {
      this.say(say('refused', { low: numberText(low), high: numberText(high), unit: this.unitWord() }), true);
    } else if (this.field.hasAttribute('data-refused') || plain(value) !== plain(this.value)) {
      this.turn(value); // a reader who only leaves the field turns nothing
    }
  }

  /** The least and the most that the field takes. */
  ends() { return [this.dial.lowest ?? -LARGEST_NUMBER, this.dial.highest ?? LARGEST_NUMBER]; }

  unitWord() { return this.dial.unit === '1' ? '' : this.dial.unit; }

  /** Says when a value is implausible. */
  judge(value) {
    const { low, high } = this.dial;
    const odd = low !== null && value < low || high !== null && value > high;
    this.say(odd ? say('implausible', { low: numberText(low ?? -Infinity), high: numberText(high ?? Infinity), unit: this.unitWord() }) : '', false);
  }

  say(text, refused) {
    this.remark.textContent = text;
    this.element.classList.toggle('odd', text !== '');
    this.field.toggleAttribute('data-refused', refused);
    if (refused) this.field.setAttribute('aria-invalid', 'true'); else this.field.removeAttribute('aria-invalid');
  }

  /** Shows the value in force, except where the reader is typing. */
  show(inForce, turned) {
    this.back.hidden = !turned;
    if (this.select) { this.select.value = String(inForce); return; }
    if (inForce === null || inForce === undefined) return;
    const value = Number(inForce) / this.dial.factor;
    this.value = value;
    if (this.field.hasAttribute('data-refused') && document.activeElement === this.field) return;
    if (document.activeElement !== this.field) this.field.value = plain(value);
    if (Number(value) > Number(this.slider.max)) this.slider.max = String(value);
    if (Number(value) < Number(this.slider.min)) this.slider.min = String(value);
    if (document.activeElement !== this.slider || Number(this.slider.value) !== value) this.slider.value = String(value);
    this.slider.setAttribute('aria-valuetext', `${plain(value)} ${this.unitWord()}`.trim());
    this.judge(Number(value));
  }
}

/**
 * @typedef {{ turn: (dial: string, value: any) => void, reset: (dial: string) => void, hold: (dial: string) => void }} Actions
 */

/** All dials on the page. */
export class Dials {
  /** @param {HTMLElement} place @param {Map<string, Dial>} all @param {Actions} act */
  constructor(place, all, act) {
    Object.assign(this, { place, all, act, controls: new Map(), key: '' });
  }

  /** Shows the values in force. @param {Object<string, any>} values @param {Object<string, any>} turned @param {string[]} shown */
  show(values, turned, shown) {
    const wanted = [...this.all.values()].filter((one) => !one.food && (one.first || shown.includes(one.dial) || one.dial in turned));
    const key = wanted.map((one) => one.dial).join(' ');
    if (key !== this.key) this.build(wanted, values);
    this.key = key;
    for (const [name, control] of this.controls) control.show(turned[name] ?? values[name] ?? this.all.get(name).usual, name in turned);
  }

  build(wanted, values) {
    const focused = document.activeElement?.id;
    this.controls = new Map(wanted.map((dial) => [dial.dial, this.controls.get(dial.dial)
      ?? new DialControl(dial, values[dial.dial] ?? dial.usual ?? 0, this.act)]));
    const groups = [...GROUPS, ''].flatMap((group) => {
      const own = wanted.filter((dial) => dial.group === group).map((dial) => this.controls.get(dial.dial).element);
      if (!own.length) return [];
      return [make('fieldset', { class: 'group' }, make('legend', { text: say(`group_${group || 'other'}`) }), ...own)];
    });
    this.place.replaceChildren(...groups);
    if (focused) document.getElementById(focused)?.focus();
  }
}
