/** The arms of a comparison: the frozen ones, the one that is turned, and both hypothesis sets. */

import { make } from './dom.js';
import { MOST_FROZEN } from './state.js';
import { cutAtWord, numberText, say } from './words.js';

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

const LONGEST_LABEL = 76;
/** Words of a lesson leave the rest to what was turned. */
const LONGEST_FRONT = 44;

/**
 * A short name of what was turned, the last ones where not all find room: `natto 50 g/day, MK-7 180 µg/d and 2 more`.
 * @param {Object<string, any>} settings @param {Object<string, any>} before those it is compared with
 * @param {Map<string, any>} dials @param {number} room
 */
export function labelOf(settings, before, dials, room = LONGEST_LABEL) {
  const names = Object.keys({ ...settings, ...before }).filter((dial) => settings[dial] !== before[dial] && dials.has(dial));
  const words = names.map((name) => {
    const dial = dials.get(name), value = settings[name] ?? (dial.food ? 0 : null);
    if (value === null) return say('as_before', { dial: dial.label });
    if (typeof value !== 'number') return `${dial.label}: ${value}`;
    return `${dial.label} ${numberText(value / dial.factor)} ${dial.unit === '1' ? '' : dial.unit}`.trim();
  });
  for (let left = 0; left < words.length; left += 1) {
    const told = words.slice(left).join(', '), text = left ? `${told} ${say('and_more', { count: left })}` : told;
    if (text.length <= room) return text;
  }
  return cutAtWord(words.pop() ?? '', room);
}

/** Words for an arm of a lesson with what was turned in it. @param {string} front words of the lesson for the arm */
export function labelOfArm(front, settings, dials) {
  const short = cutAtWord(front, Object.keys(settings).length ? LONGEST_FRONT : LONGEST_LABEL);
  return [short, labelOf(settings, {}, dials, LONGEST_LABEL - short.length - 3)].filter(Boolean).join(' + ');
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

/** Arms that stand in no figure: with words for the reader. @param {import('./state.js').State} state @param {{ name: string, label: string }[]} arms of the lesson */
export function leftOut(state, arms) {
  const remarks = [];
  const missing = arms.filter(({ name }) => name !== state.arm && !state.frozen.some((one) => one.arm === name));
  if (state.frozen.length >= MOST_FROZEN && missing.length) {
    remarks.push(say('arms_left_out', { arms: missing.map(({ label }) => `“${label}”`).join(', ') }));
  }
  const compared = state.frozen.length + (isFrozen(state) ? 0 : 1);
  if (state.set === 'both' && compared > 2) remarks.push(say('both_leave_out', { count: compared - 2 }));
  return remarks;
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
  const limit = full ? [make('li', { class: 'limit', text: say('freeze_full', { count: MOST_FROZEN }) })] : [];
  const freeze = make('li', {}, make('button', {
    type: 'button', id: 'freeze', class: 'plain', text: say('freeze'), disabled: full || !free,
    title: say('freeze_help'), click: act.freeze,
  }));
  place.replaceChildren(...frozen, ...now, freeze, ...limit);
  if (focused && /^(chip|drop|freeze)/.test(focused)) (document.getElementById(focused) ?? document.getElementById('freeze'))?.focus();
}
