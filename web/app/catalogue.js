/** What the engine knows, as the page reads it. */

import { say } from './words.js';

/** Read-outs of bone, artery and blood, by their short names. */
const GLANCE = ['cac', 'femoral_neck_bmd', 'lumbar_spine_bmd', 'serum_calcium'];

/** The lesson with which the page opens, and the arm of it that is turned. */
export const FIRST_LESSON = { lesson: 'calcium_paradox', arm: 'calcium_d' };

const DAYS_PER_YEAR = 365.25;

/** A dial as the page shows it: `factor` times what is shown is what the engine takes. */
function readDial(told) {
  const plain = { words: [], aliases: [], usual: null, low: null, high: null, lowest: null, highest: null, factor: 1 };
  const dial = { ...plain, ...told };
  // Lessons last for years.
  return dial.dial === 'duration' ? { ...dial, factor: DAYS_PER_YEAR, unit: say('years'), low: DAYS_PER_YEAR, high: 40 * DAYS_PER_YEAR } : dial;
}

/** @param {any} told the answer to `catalogue` */
export function readCatalogue(told) {
  const dials = new Map(told.dials.map((one) => [one.dial, readDial(one)]));
  const known = (one) => GLANCE.find((name) => one.name === name || (one.aliases ?? []).includes(name) || one.name.startsWith(`${name}_`));
  const glance = GLANCE.map((name) => told.readouts.find((one) => known(one) === name)).filter(Boolean);
  const foods = told.foods.filter((one) => !one.pill);
  return {
    dials,
    glance,
    foods,
    lessons: new Map(told.lessons.map((one) => [one.name, one])),
    sets: told.sets ?? dials.get('hypothesis')?.words ?? [],
    dialOfFood: (food) => (dials.has(food) ? food : `foods.${food}`),
    foot: `${told.disclaimer} ${say('made_by', { program: told.program ?? 'Calcifate', version: told.version, model: told.model })}`,
  };
}
