/** The state with which the page begins: of the link, of this device, or the first lesson. */

import { FIRST_LESSON } from './catalogue.js';
import { keptState, readFragment } from './link.js';
import { TABS } from './tabs.js';
import { say } from './words.js';

/** One arm, frozen, to compare with. @param {any} explorer */
export async function firstState(explorer) {
  const { lessons } = explorer.know;
  const lesson = lessons.has(FIRST_LESSON.lesson) ? FIRST_LESSON.lesson : [...lessons.keys()][0];
  const fresh = { lesson, own: null, arm: '', settings: {}, frozen: [], set: 'file', tab: TABS[0], dial: 'mk7_supplement', shown: [] };
  const arms = await explorer.lessonArms(fresh);
  const arm = arms.find((one) => one.name === FIRST_LESSON.arm) ?? arms[0];
  return { ...fresh, arm: arm.name, frozen: [{ label: arm.label, arm: arm.name, settings: {} }] };
}

/**
 * True if the model runs a state; else the reader is told why not.
 * @param {any} explorer @param {import('./state.js').State} state @param {string} message name of the sentence that is told then
 */
async function runs(explorer, state, message) {
  let problems = [];
  const refused = (answer) => { problems = answer.problems ?? []; };
  try {
    const arms = await explorer.lessonArms(state, refused);
    if (arms.length && await explorer.ask({ do: 'run', arms: explorer.arms(state) }, refused)) return true;
  } catch (error) {
    problems = [{ message: String(error?.message ?? error) }];
  }
  explorer.trouble(say(message), problems);
  return false;
}

/** The state of the link, if there is one that can be read and run; else the reader is told. @param {any} explorer */
export async function linkedState(explorer) {
  const { value, wrong } = readFragment(location.hash);
  const state = explorer.checked(value);
  if (state) return await runs(explorer, state, 'link_refused') ? state : null;
  if (wrong || value !== undefined) explorer.trouble(say(wrong ?? 'link_unreadable'));
  return null;
}

/** The first of link, device and lesson that the model runs. @param {any} explorer */
export async function beginning(explorer) {
  const linked = await linkedState(explorer);
  if (linked) return linked;
  const kept = explorer.checked(keptState());
  return kept && await runs(explorer, kept, 'kept_refused') ? kept : firstState(explorer);
}
