/** The arms of a comparison: the frozen ones, the one that is turned, and both hypothesis sets. */

import { make } from './dom.js';
import { MOST_FROZEN } from './state.js';
import { numberText, say } from './words.js';

/** Stands between the words of an arm and its hypothesis set. */
export const BETWEEN = ' · ';

/** The same settings, in whatever order they were turned. */
const sameSettings = (one, other) => {
  const text = (settings) => JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other);
};

/** True if what is turned stands among the frozen arms. @param {import('./state.js').State} state */
export function isFrozen(state) {
  return state.frozen.some((one) => one.arm === state.arm && sameSettings(one.settings, state.settings));
}

/** The frozen arm with which the moving one is compared: the last that began as the same arm. @param {import('./state.js').State} state */
export function referenceOf(state) {
  return state.frozen.findLast((one) => one.arm === state.arm) ?? state.frozen[state.frozen.length - 1];
}

/**
 * A short name of what was turned: `+ 50 g natto, MK-7 180 µg/d`.
 * @param {Object<string, any>} settings @param {Object<string, any>} before those it is compared with
 * @param {Map<string, any>} dials
 */
export function labelOf(settings, before, dials) {
  const names = Object.keys({ ...settings, ...before }).filter((dial) => settings[dial] !== before[dial] && dials.has(dial));
  const words = names.slice(-3).map((name) => {
    const dial = dials.get(name), value = settings[name] ?? (dial.food ? 0 : null);
    if (value === null) return say('as_before', { dial: dial.label });
    if (typeof value !== 'number') return `${dial.label}: ${value}`;
    return `${dial.label} ${numberText(value / dial.factor)} ${dial.unit === '1' ? '' : dial.unit}`.trim();
  });
  return words.join(', ').slice(0, 60);
}

/**
 * Arms as the engine is asked about them; the moving one last.
 * @param {import('./state.js').State} state @param {string} scenario text of the preset
 * @param {string[]} sets names of hypothesis sets @param {string} label of the moving arm
 */
export function armsOf(state, scenario, sets, label) {
  const moving = { label, arm: state.arm, settings: state.settings };
  const reference = referenceOf(state);
  const all = isFrozen(state) || !reference ? [...state.frozen] : [...state.frozen.filter((one) => one !== reference), reference];
  if (!isFrozen(state)) all.push(moving);
  const asked = (one, name, hypothesis, words) => ({
    name, label: words, scenario, arm: one.arm, settings: Object.entries(one.settings), ...(hypothesis ? { hypothesis } : {}),
  });
  const named = distinct(all.map((one) => one.label));
  if (state.set !== 'both') {
    const hypothesis = state.set === 'file' ? '' : state.set;
    return all.map((one, index) => asked(one, `arm_${index + 1}`, hypothesis, named[index]));
  }
  // Both sets double the arms: the last two are compared.
  const from = Math.max(0, all.length - 2);
  return sets.flatMap((set) => all.slice(from).map((one, index) =>
    asked(one, `arm_${index + 1}_${set}`, set, `${named[from + index]}${BETWEEN}${set}`)));
}

/** Names of which no two are the same. */
function distinct(labels) {
  return labels.map((label, index) => {
    const before = labels.slice(0, index).filter((one) => one === label).length;
    return before ? `${label} (${before + 1})` : label;
  });
}

/**
 * Chips of the frozen arms and of the moving one.
 * @param {HTMLElement} place @param {import('./state.js').State} state
 * @param {string} moving words for the arm that is turned @param {(label: string) => string | undefined} colorOf
 * @param {{ freeze: () => void, drop: (index: number) => void, take: (index: number) => void }} act
 */
export function showChips(place, state, moving, colorOf, act) {
  const focused = document.activeElement?.id;
  const swatch = (label) => {
    const own = make('span', { class: 'swatch', 'aria-hidden': 'true' });
    own.style.background = colorOf(label) ?? 'var(--soft)';
    return own;
  };
  const frozen = state.frozen.map((one, index) => make('li', { class: 'chip' }, swatch(one.label),
    make('button', { type: 'button', class: 'take', id: `chip-${index}`, text: one.label, title: say('take_arm', { arm: one.label }), click: () => act.take(index) }),
    make('button', { type: 'button', class: 'drop', id: `drop-${index}`, text: '×', 'aria-label': say('drop_arm', { arm: one.label }), click: () => act.drop(index) })));
  const full = state.frozen.length >= MOST_FROZEN;
  const free = !isFrozen(state);
  const now = free ? [make('li', { class: 'chip now' }, swatch(moving), make('span', { text: moving }))] : [];
  const freeze = make('li', {}, make('button', {
    type: 'button', id: 'freeze', class: 'plain', text: say('freeze'), disabled: full || !free,
    title: full ? say('freeze_full', { count: MOST_FROZEN }) : say('freeze_help'), click: act.freeze,
  }));
  place.replaceChildren(...frozen, ...now, freeze);
  if (focused && /^(chip|drop|freeze)/.test(focused)) (document.getElementById(focused) ?? document.getElementById('freeze'))?.focus();
}
