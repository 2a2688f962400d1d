/**
 * What a reader has turned, with undo and redo.
 *
 * @typedef {number | string | boolean} Value
 * @typedef {Object<string, Value>} Settings by dial
 * @typedef {{ label: string, arm: string, settings: Settings }} Frozen
 * @typedef {Object} State
 * @property {string} lesson the name of a preset, or of the reader's own file
 * @property {{ name: string, text: string } | null} own the reader's own file
 * @property {string} arm the arm of it that is turned
 * @property {Settings} settings what was turned
 * @property {Frozen[]} frozen arms to compare with, at most four
 * @property {string} set `file`, `both`, or the name of a hypothesis set
 * @property {string} tab the figure in view
 * @property {string} dial the dial in hand
 * @property {string[]} shown dials that were put on the page by name
 */

import { LARGEST_NUMBER } from './words.js';

export const MOST_FROZEN = 4;
const MOST_SETTINGS = 60;
const LONGEST_TEXT = 80;
const LONGEST_FILE = 40_000;
const MOST_STEPS = 200;
const SAME_GESTURE_MS = 900;

const isText = (value, longest = LONGEST_TEXT) => typeof value === 'string' && value.length <= longest;

/** Settings that the catalogue knows; null if one is none. */
function checkedSettings(value, dials) {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > MOST_SETTINGS) return null;
  for (const [dial, one] of entries) {
    if (!dials.has(dial)) return null;
    if (!(Number.isFinite(one) && Math.abs(one) <= LARGEST_NUMBER || typeof one === 'boolean' || isText(one))) return null;
  }
  return Object.fromEntries(entries);
}

function checkedFrozen(value, dials) {
  if (!Array.isArray(value) || value.length > MOST_FROZEN) return null;
  const frozen = value.map((one) => {
    const settings = checkedSettings(one?.settings, dials);
    return settings && isText(one.label) && isText(one.arm) ? { label: one.label, arm: one.arm, settings } : null;
  });
  return frozen.includes(null) ? null : /** @type {Frozen[]} */ (frozen);
}

/**
 * A state that came from outside; null if it is none.
 * @param {any} value
 * @param {{ lessons: Map<string, object>, dials: Map<string, object>, tabs: string[], sets: string[] }} known
 * @returns {State | null}
 */
export function checkedState(value, known) {
  if (!value || typeof value !== 'object') return null;
  const settings = checkedSettings(value.settings, known.dials);
  const frozen = checkedFrozen(value.frozen, known.dials);
  const shown = Array.isArray(value.shown) ? value.shown.slice(0, 40) : [];
  const own = isText(value.own?.name) && isText(value.own?.text, LONGEST_FILE) ? { name: value.own.name, text: value.own.text } : null;
  if (!settings || !frozen || !isText(value.arm)) return null;
  if (!known.lessons.has(value.lesson) && (!own || own.name !== value.lesson)) return null;
  return {
    lesson: value.lesson, own, arm: value.arm, settings, frozen,
    set: known.sets.includes(value.set) ? value.set : 'file',
    tab: known.tabs.includes(value.tab) ? value.tab : known.tabs[0],
    dial: known.dials.has(value.dial) ? value.dial : '',
    shown: shown.filter((dial) => known.dials.has(dial)),
  };
}

/** The state, its past and its future. */
export class History {
  /** @param {State} state @param {() => void} changed */
  constructor(state, changed) {
    this.state = state;
    this.changed = changed;
    this.past = [];
    this.future = [];
    this.gesture = { name: '', at: 0 };
  }

  /** One step; steps of the same gesture, as of a slider that moves, are undone together. @param {Partial<State>} change */
  change(change, gesture = '') {
    const now = Date.now();
    const same = gesture && gesture === this.gesture.name && now - this.gesture.at < SAME_GESTURE_MS;
    if (!same) this.past = [...this.past.slice(-MOST_STEPS), this.state];
    this.gesture = { name: gesture, at: now };
    this.future = [];
    this.state = { ...this.state, ...change };
    this.changed();
  }

  /** What is looked at is no step of its own. @param {Partial<State>} change */
  look(change) {
    this.state = { ...this.state, ...change };
    this.changed();
  }

  step(from, to) {
    const next = from.pop();
    if (!next) return;
    to.push(this.state);
    // The figure in view stays.
    this.state = { ...next, tab: this.state.tab };
    this.gesture = { name: '', at: 0 };
    this.changed();
  }

  undo() { this.step(this.past, this.future); }

  redo() { this.step(this.future, this.past); }
}
